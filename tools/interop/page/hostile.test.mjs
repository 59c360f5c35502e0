// Texts that want to be more than texts, and secrets that must stay where they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { answer, begin, inState, press, see, stage } from './steps.mjs';

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
  await press(page, 'Hint (0/1)');
  await answer(page, '<script>alert(21)</script> I do not know <img src=x onerror=alert(22)>');
  await inState(page, 'FOLLOW UP');
  await harmless(page);
  await answer(page, 'A lighthouse </p><script>alert(23)</script>.');
  await see(page, 'The points');
  await harmless(page);
  await press(page, 'Read the report');
  await page.locator('details.question summary').first().click();
  await see(page, 'An ideal answer');
  await harmless(page);
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
