// Texts that want to be more than texts, and secrets that must stay where they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { answer, begin, eventsOf, inState, PATIENCE, press, see, stage } from './steps.mjs';

const on = stage();

const FORBIDDEN = ['img', 'iframe', 'svg', 'math', 'style', 'form[action]', 'meta[http-equiv]', 'main a[href^="javascript"]', 'main a[href^="data"]', 'main a[href*="attacker"]', 'main script', 'main [style]', 'main [onload]', 'main #screen', 'main #said', '[name=attributes]'];
async function harmless(page) {
  for (const tag of FORBIDDEN) assert.equal(await page.locator(tag).count(), 0, `there is ${tag} on the page`);
  assert.equal(await page.locator('#screen').count(), 1);
}

test('a bank that tries to inject markup', async () => {
  const page = await visit(on.browser, on.host);
  const { link } = on.host.invite('--bank', 'hostile', '--name', '<img src=x onerror=alert(20)>');
  await page.goto(link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await see(page, '<script>alert(6)</script>');
  await see(page, /\{\{constructor/);
  await harmless(page);
  await press(page, 'Hint 0/1');
  await answer(page, '<script>alert(21)</script> I do not know <img src=x onerror=alert(22)>');
  await inState(page, 'FOLLOW UP');
  await harmless(page);
  await answer(page, 'A lighthouse </p><script>alert(23)</script>.');
  await see(page, 'Key points');
  await harmless(page);
  await press(page, 'Read the report');
  await page.locator('details.question summary').first().click();
  await see(page, 'An ideal answer');
  await harmless(page);
  await page.leave();
});

// What turns text around, hides it or speaks to a terminal.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const unseenIn = (html) => {
  const found = UNSEEN.exec(html);
  return found && html.slice(Math.max(0, found.index - 80), found.index + 80);
};

test('a bank that turns its text around', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.invite('--bank', 'turned').link);
  const screens = [];
  const keep = async (text) => {
    await see(page, text);
    screens.push(await page.evaluate(() => document.documentElement.outerHTML + document.title));
  };
  await keep('A red title');
  await press(page, 'Begin');
  await keep('Which exe is a picture?');
  await press(page, 'Hint 0/1');
  await keep('Look at its end.');
  await answer(page, 'No idea \u202e really \u001b[31mred\u0007.');
  await keep('What gives light at night?');
  assert.equal(await page.locator('.note').filter({ visible: true }).count(), 0, 'what the server took out does not make it the answer of another');
  await answer(page, 'Somebody has lit a lantern.');
  await keep('the answer names a lantern');
  await press(page, 'Read the report');
  await page.locator('details.question summary').first().click();
  await keep('The lantern shines.');
  assert.deepEqual(screens.map(unseenIn).filter(Boolean), []);
  await page.leave();
});

test('an answer in two writing directions is not turned', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host, '--follow-ups', '0');
  await answer(page, 'Water is wet.\nالماء رطب');
  await see(page, 'Key points');
  assert.equal(await page.locator('.answer').evaluate((p) => getComputedStyle(p).unicodeBidi), 'plaintext');
  await page.locator('.objection summary').first().click();
  assert.equal(await page.getByLabel('Why is the verdict wrong?').first().getAttribute('dir'), 'auto');
  await page.leave();
});

test('a model with hostile words', async () => {
  const page = await visit(on.browser, on.host);
  const evil = '<img src=x onerror=alert(50)> [here](javascript:alert(51)) **<script>alert(52)</script>** {{alert(53)}}';
  await page.routeWebSocket(/v1\/ws$/, (ws) => {
    const server = ws.connectToServer();
    server.onMessage((text) => {
      const m = JSON.parse(text);
      const { data } = m;
      if (m.type === 'evaluation') data.feedback = evil;
      if (m.type === 'question' && data.kind !== 'question') data.text = evil;
      if (m.type === 'question_over') for (const p of data.reveal?.points ?? []) Object.assign(p.verdict, { why: evil, evidence: [{ answer: 1, start: 0, end: 9999, quote: evil }] });
      ws.send(JSON.stringify(m));
    });
  });
  await page.goto(on.host.invite('--bank', 'hostile').link);
  await press(page, 'Begin');
  await answer(page, 'Nothing to the point.');
  await inState(page, 'FOLLOW UP');
  await see(page, '<script>alert(52)</script>');
  await harmless(page);
  await answer(page, 'A lighthouse.');
  await see(page, 'Key points');
  await see(page, 'onerror=alert(50)');
  await harmless(page);
  await page.leave();
});

test('evidence among signs of several bytes', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await answer(page, '🚢🏽👩‍👩‍👧 Ölhäfen! A lock lifts or lowers a ship between two water levels 😀🇫🇮.');
  await page.locator('mark').first().waitFor({ timeout: PATIENCE });
  const { met } = (await eventsOf(page, on.host)).find((e) => e.type === 'evaluation').data;
  const quotes = met.flatMap((p) => p.evidence.map((e) => e.quote));
  assert.ok(quotes.length > 0);
  assert.deepEqual(await page.locator('mark').allInnerTexts(), quotes);
  assert.ok(quotes.join().includes('lock lifts'));
  await page.leave();
});

test('a bank with a hostile name, to choose from', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(`${on.host.url}/#${on.host.token('candidate', '<b>Eve</b>')}`);
  await see(page, 'Practise');
  await page.getByLabel('Bank', { exact: true }).selectOption('hostile');
  await see(page, '<iframe srcdoc');
  await harmless(page);
  await page.leave();
});

test('hostile names before the host', async () => {
  const names = ['<img src=x onerror=alert(40)>', '"><script>alert(41)</script>', 'Ann\u202Egnp.exe', '\u001b[31mred\u001b[0m', '__proto__', 'x'.repeat(64)];
  for (const name of names) on.host.invite('--bank', 'harbour', '--name', name);
  const candidate = await visit(on.browser, on.host);
  await candidate.goto(on.host.invite('--bank', 'hostile', '--name', names[1]).link);
  await press(candidate, 'Begin');
  const page = await visit(on.browser, on.host);
  await page.goto(`${on.host.url}/#${on.host.token('host', 'Hosta')}`);
  await see(page, names[0]);
  await page.getByRole('region', { name: 'Running interviews' }).getByText(names[1]).first().waitFor();
  await harmless(page);
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069\u0000-\u0008\u001b]/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'a long name makes the page no wider');
  await page.leave();
  await candidate.leave();
});

test('no text becomes markup or code, whoever asks for it', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.url);
  await see(page, 'Your token');
  for (const attempt of [
    () => { document.body.innerHTML = '<b>'; },
    () => { document.body.insertAdjacentHTML('beforeend', '<b>'); },
    () => document.write('<b>'),
    () => { document.createElement('script').text = 'alert(1)'; },
    () => { document.createElement('script').src = 'web/main.js'; },
    () => new DOMParser().parseFromString('<b>', 'text/html'),
    () => (0, eval)('1'),
    () => new Function('return 1')(),
    () => setTimeout('1'),
    () => trustedTypes.createPolicy('any', { createHTML: (s) => s }),
  ]) {
    const outcome = await page.evaluate(`new Promise((done) => setTimeout(() => { try { (${attempt})(); done('it went through'); } catch (e) { done(e.name); } }))`);
    assert.match(outcome, /Error/, String(attempt));
  }
  const foreign = await page.evaluate(async () => {
    const refused = new Promise((done) => addEventListener('securitypolicyviolation', done));
    const outcome = await fetch('http://attacker.invalid/').then(() => 'it went through', (e) => e.name);
    await refused;
    return outcome;
  });
  assert.equal(foreign, 'TypeError');
  assert.ok(page.wrong.length > 5 && page.wrong.every((w) => /policy|Policy|TrustedHTML|Trusted/.test(w)), page.wrong.join('\n'));
  page.wrong.length = 0; // that was the point
  await page.leave();
});

test('the token is in no address, no history and no store that outlives the tab', async () => {
  const page = await visit(on.browser, on.host);
  const link = await begin(page, on.host);
  const secret = link.split('#')[1];
  await answer(page, 'A lock lifts a ship.');
  await inState(page, 'FOLLOW UP');
  const found = await page.evaluate((s) => [location.href, document.referrer, JSON.stringify(history.state), JSON.stringify(localStorage), document.cookie, document.documentElement.outerHTML,
    ...performance.getEntries().map((e) => (e.entryType === 'navigation' ? '' : e.name))].filter((x) => x?.includes(s)), secret);
  assert.deepEqual(found, []);
  await page.goBack().catch(() => {});
  assert.ok(!page.url().includes(secret));
  await page.goto(`${on.host.url}/#/`);
  await page.getByRole('button', { name: 'Forget my token' }).click();
  await see(page, 'Your token');
  assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage), sessionStorage.getItem('elios.token')]), [[], null]);
  await page.leave();
});
