// What people do and see on the page, for its tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { axeSource, browse, Host } from './host.mjs';

export const PATIENCE = 20000; // ms; a test that waits longer has failed

// stage gives a file of tests its host and its browser.
export function stage(...args) {
  const on = {};
  before(async () => {
    on.host = await Host.open(...args);
    on.browser = await browse();
  });
  after(async () => {
    await on.browser?.close();
    await on.host?.close();
  });
  return on;
}

const screen = (page) => page.locator('#screen');

// see waits for words on the screen, and shows what is there when they do not come.
export async function see(page, text) {
  try {
    await screen(page).getByText(text).filter({ visible: true }).first().waitFor({ timeout: PATIENCE });
  } catch {
    throw new Error(`${text} is not on the page:\n${await page.locator('body').innerText()}`);
  }
}

export const press = (page, name) => page.getByRole('button', { name, exact: true }).click({ timeout: PATIENCE });
export const editor = (page) => page.getByLabel('Your answer', { exact: true });
export const inState = (page, name) => page.locator('.states [aria-current]', { hasText: name }).waitFor({ timeout: PATIENCE });
export const focused = (page) => page.evaluate(() => document.activeElement.innerText || document.activeElement.id || document.activeElement.tagName);
export const heard = (page) => page.locator('#said').allInnerTexts().then((all) => all.join('\n'));
export const connection = (page, text) => page.locator('.link', { hasText: text }).waitFor({ timeout: PATIENCE });
export const connected = (page) => page.waitForFunction(() => !document.querySelector('.link')?.classList.contains('bad'), null, { timeout: PATIENCE });

export async function begin(page, host, ...invitation) {
  const { link } = host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1', ...invitation);
  await page.goto(link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  return link;
}

export async function answer(page, text) {
  await editor(page).fill(text);
  await press(page, 'Submit');
}

// tap loads a page anew with us between it and its server: what the server says can be
// held back and released in another order, and what the page says can be lost.
export async function tap(page) {
  const held = [];
  const wire = { cut: false, holding: false, looked() {} };
  await page.routeWebSocket(/v1\/ws$/, (client) => {
    wire.client = client;
    const server = client.connectToServer();
    client.onMessage((m) => wire.cut || server.send(m));
    server.onMessage((m) => {
      if (!wire.holding) return client.send(m);
      held.push(m);
      wire.looked();
    });
  });
  wire.hold = () => { wire.holding = true; };
  wire.holds = async (type) => {
    while (!held.some((m) => JSON.parse(m).type === type)) await new Promise((resolve) => { wire.looked = resolve; });
  };
  wire.release = (isFirst) => {
    wire.holding = false;
    const rank = (m) => (isFirst(JSON.parse(m)) ? 0 : 1);
    for (const m of held.splice(0).sort((a, b) => rank(a) - rank(b))) wire.client.send(m);
  };
  await page.reload();
  return wire;
}

// eventsOf are those of the interview a page shows, as the server has them.
export async function eventsOf(page, host) {
  const id = page.url().split('/').at(-1);
  const res = await fetch(`${host.url}/v1/interviews/${id}/events?after=0`, { headers: { Authorization: `Bearer ${host.reader ??= host.token('host', 'Reader')}` } });
  return (await res.json()).events;
}

// once makes sure that what was done once has happened once, or n times.
export async function once(page, host, type, n = 1) {
  const events = await eventsOf(page, host);
  assert.equal(events.filter((e) => e.type === type).length, n, `${type} in ${events.map((e) => e.type)}`);
}

// findings has axe look at the screen as it stands. The page's policy allows no
// script of anybody, so axe comes by way of the debugger.
export async function findings(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(readFileSync(axeSource, 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map((v) => `${v.impact} ${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join('; ')}`);
}

export const accessible = async (page) => assert.deepEqual(await findings(page), []);
