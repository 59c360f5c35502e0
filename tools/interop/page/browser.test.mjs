// What a browser can do to a page: tabs, clicks, back and forward, no room to keep things, a wrong clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tab, visit } from './host.mjs';
import { answer, begin, connected, connection, editor, inState, once, PATIENCE, press, see, stage, tap } from './steps.mjs';

const on = stage('--evaluator', 'simulated:300ms');

const A_LOCK = 'A lock lifts a ship between two levels.';

test('back and forward', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(`${on.host.url}/#${on.host.token('candidate', 'Bo')}`);
  await see(page, 'Practise');
  await page.getByLabel('Bank', { exact: true }).selectOption('harbour');
  await press(page, 'Start');
  await inState(page, 'QUESTIONING');
  await editor(page).fill('before I went back');
  await page.goBack();
  await see(page, 'Continue');
  await page.goForward();
  await inState(page, 'QUESTIONING');
  assert.equal(await editor(page).inputValue(), 'before I went back');
  await page.goto('about:blank');
  await page.goBack();
  await inState(page, 'QUESTIONING');
  await see(page, '4 words · saved');
  assert.ok(!(await page.evaluate(() => location.href)).includes('elios_'));
  await page.leave();
});

test('back leads to where one was on the list', async () => {
  const page = await visit(on.browser, on.host, { viewport: { width: 390, height: 500 } });
  const secret = on.host.token('candidate', 'Many');
  const headers = (id) => ({ Authorization: `Bearer ${secret}`, 'Idempotency-Key': id });
  for (let n = 0; n < 6; n++) {
    const made = await (await fetch(`${on.host.url}/v1/interviews`, { method: 'POST', headers: headers(`make-${n}`), body: JSON.stringify({ bank: 'harbour', count: 1 }) })).json();
    for (const type of ['start', 'end']) await fetch(`${on.host.url}/v1/interviews/${made.id}/commands`, { method: 'POST', headers: headers(`${type}-${n}`), body: JSON.stringify({ type }) });
  }
  await page.goto(`${on.host.url}/#${secret}`);
  await see(page, 'History');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(300); // until the page has noted where it is
  const before = await page.evaluate(() => scrollY);
  await page.locator('.list a').last().click();
  await page.getByRole('button', { name: 'Print' }).waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.goBack();
  await see(page, 'History');
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 5, before, { timeout: 3000 });
  await page.leave();
});

test('a double click does what a click does', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.invite('--bank', 'wordy', '--count', '2', '--follow-ups', '0').link);
  await page.getByRole('button', { name: 'Begin' }).dblclick();
  await inState(page, 'QUESTIONING');
  if (!(await page.getByText('A program that waits').count())) {
    await page.getByRole('button', { name: 'Skip' }).dblclick();
    await page.getByRole('button', { name: 'Next question' }).dblclick();
    await see(page, 'A program that waits');
    await once(page, on.host, 'skipped');
  }
  await page.getByRole('button', { name: 'Hint 0/2' }).dblclick();
  await see(page, 'Think of');
  await once(page, on.host, 'hint');
  await page.getByRole('button', { name: 'Pause' }).dblclick();
  await see(page, /Paused/);
  await page.getByRole('button', { name: 'Go on' }).dblclick();
  await editor(page).fill('It ends when the channel is drained.');
  await page.getByRole('button', { name: 'Submit' }).dblclick();
  await see(page, 'Key points');
  await once(page, on.host, 'answer_accepted');
  assert.equal(await page.locator('.note').filter({ visible: true }).count(), 0);
  await page.leave();
});

// twoTabs opens one interview in two tabs of one browser.
async function twoTabs() {
  const one = await visit(on.browser, on.host);
  const link = await begin(one, on.host);
  const two = await tab(one.context(), on.host);
  await two.goto(link);
  await press(two, 'Go on');
  await inState(two, 'QUESTIONING');
  return [one, two];
}

test('two tabs show the same, and neither loses words', async () => {
  const [one, two] = await twoTabs();
  await editor(two).fill('what I wrote in the second tab');
  await editor(one).fill('and this in the first');
  await one.reload();
  await two.reload();
  await inState(one, 'QUESTIONING');
  await inState(two, 'QUESTIONING');
  await editor(two).fill('what I wrote in the second tab');
  await answer(one, 'Nothing to the point at all.');
  await see(two, /What you had written here: what I wrote in the second tab/);
  await inState(one, 'FOLLOW UP');
  await inState(two, 'FOLLOW UP');
  // Both answer at once: one of them is the answer, and the other gets its words back.
  await editor(one).fill('from the first tab');
  await editor(two).fill('from the second tab');
  const atOnce = (page) => page.evaluate(() => document.querySelector('[data-key="submit"]')?.click()); // gone when the other was faster
  await Promise.all([atOnce(one), atOnce(two)]);
  await see(one, 'from the first tab');
  await see(two, 'from the second tab');
  await once(one, on.host, 'answer_accepted', 2);
  await one.leave();
});

// A refusal and the events that explain it come in either order.
const [EVENTS, REFUSAL] = [(m) => m.seq, (m) => m.type === 'error'];
for (const [how, first, comesIn] of [
  ['before the refusal', EVENTS, 'FOLLOW UP'],
  ['after the refusal', REFUSAL, 'FOLLOW UP'],
  ['before the refusal, while it is being judged', EVENTS],
  ['after the refusal, while it is being judged', REFUSAL],
]) {
  test(`another answer was faster, heard of ${how}`, async () => {
    const [one, two] = await twoTabs();
    const wire = await tap(two);
    await inState(two, 'QUESTIONING');
    await editor(two).fill('as I see it in the second tab');
    wire.hold();
    await answer(one, 'Nothing to the point at all.');
    await see(one, 'Nothing to the point at all.');
    if (comesIn) await inState(one, comesIn);
    await press(two, 'Submit');
    await wire.holds('error');
    wire.release(first);
    await inState(two, 'FOLLOW UP');
    await see(two, /What you had written here: as I see it in the second tab/);
    assert.equal(await editor(two).inputValue(), '');
    await once(one, on.host, 'answer_accepted');
    await one.leave();
  });
}

test('an answer that is refused can be sent again', async () => {
  const [one, two] = await twoTabs();
  const wire = await tap(two);
  await inState(two, 'QUESTIONING');
  await editor(two).fill('Nothing to the point at all.');
  wire.hold();
  await press(one, 'Pause');
  await see(one, /Paused/);
  await press(two, 'Submit');
  await wire.holds('error');
  wire.release(REFUSAL);
  await press(two, 'Go on');
  await two.waitForFunction(() => !document.getElementById('answer').readOnly, null, { timeout: PATIENCE });
  assert.equal(await editor(two).inputValue(), 'Nothing to the point at all.');
  await press(two, 'Submit');
  await inState(two, 'FOLLOW UP');
  await once(two, on.host, 'answer_accepted');
  await one.leave();
});

test('a skip in one tab gives the words of the other back', async () => {
  const [one, two] = await twoTabs();
  await editor(one).fill('to be dropped');
  await editor(two).fill('what I wrote in the second tab');
  await press(one, 'Skip');
  await see(two, /What you had written here: what I wrote in the second tab/);
  await see(one, 'Read the report');
  assert.equal(await one.getByText('to be dropped').count(), 0);
  await once(one, on.host, 'skipped');
  await one.leave();
});

test('another answer was faster, while this tab was without a server and loaded again', async () => {
  const [one, two] = await twoTabs();
  const wire = await tap(two);
  await inState(two, 'QUESTIONING');
  await editor(two).fill('on its way when I loaded it again');
  wire.cut = true;
  await press(two, 'Submit');
  await answer(one, 'Nothing to the point at all.');
  await inState(one, 'FOLLOW UP');
  wire.cut = false;
  await two.reload();
  await see(two, /What you had written here: on its way when I loaded it again/);
  await inState(two, 'FOLLOW UP');
  await once(one, on.host, 'answer_accepted');
  await one.leave();
});

test('two tabs without a server keep the words of each', async () => {
  const [one, two] = await twoTabs();
  await on.host.stop('SIGKILL');
  await connection(one, 'Not connected');
  await connection(two, 'Not connected');
  await editor(one).fill('the first tab');
  await editor(two).fill('the second tab');
  await press(two, 'Submit');
  await connection(two, 'It is sent then');
  const kept = await one.evaluate(() => Object.entries(localStorage).join());
  assert.ok(kept.includes('the first tab') && kept.includes('the second tab'), kept);
  await on.host.start();
  await see(one, /What you had written here: the first tab/);
  await once(one, on.host, 'answer_accepted');
  await one.leave();
});

test('a tab that was opened from another keeps words of its own', async () => {
  const one = await visit(on.browser, on.host);
  await begin(one, on.host);
  await editor(one).fill('what both begin with');
  await see(one, '4 words · saved');
  const opens = one.context().waitForEvent('page');
  await one.evaluate(() => { open(location.href); }); // which copies the store of the tab, as duplicating it does
  const two = await opens;
  await inState(two, 'QUESTIONING');
  await on.host.stop('SIGKILL');
  await connection(one, 'Not connected');
  await connection(two, 'Not connected');
  await editor(one).fill('the first tab');
  await editor(two).fill('the second tab');
  const kept = await one.evaluate(() => Object.entries(localStorage).join());
  assert.ok(kept.includes('the first tab') && kept.includes('the second tab'), kept);
  await on.host.start();
  await one.leave();
});

for (const [how, spoil] of Object.entries({
  full: () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
  forbidden: () => { for (const s of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, s, { get() { throw new DOMException('no', 'SecurityError'); } }); },
})) {
  test(`storage that is ${how}`, async () => {
    const page = await visit(on.browser, on.host);
    await page.addInitScript(spoil);
    await begin(page, on.host);
    await on.host.stop('SIGKILL');
    await connection(page, 'Not connected');
    await editor(page).fill('nowhere but here');
    await see(page, /not saved yet/);
    await on.host.start();
    await see(page, '3 words · saved');
    await answer(page, A_LOCK);
    await inState(page, 'FOLLOW UP');
    await once(page, on.host, 'answer_accepted');
    await page.leave();
  });
}

test('a clock that is an hour off', async () => {
  const page = await visit(on.browser, on.host);
  await page.addInitScript(() => { const { now } = Date; Date.now = () => now() - 3600e3; });
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1', '--expires', '50m').link);
  await see(page, /good for (49|50|51) min more/);
  await press(page, 'Begin');
  await see(page, /00:0\d/);
  await page.leave();
});

test('a token with words around it', async () => {
  const page = await visit(on.browser, on.host);
  const { link } = on.host.invite('--bank', 'harbour', '--name', 'Ada');
  await page.goto(on.host.url);
  await page.locator('#token').fill('my “token” …');
  await press(page, 'Enter');
  await see(page, /There is no token in that/);
  for (const around of [(s) => `“${s}”.`, (s) => `Your link: ${s} – see you`, (s) => `${s.split('#')[1]}…`]) {
    await page.locator('#token').fill(around(link));
    await press(page, 'Enter');
    await see(page, 'You are invited');
    await press(page, 'Forget my token');
    await see(page, 'Your token');
  }
  await page.goto(`${link}…`);
  await see(page, 'You are invited');
  assert.ok(!page.url().includes('elios_'), page.url());
  await page.leave();
});

test('an address that makes no sense', async () => {
  const page = await visit(on.browser, on.host);
  for (const hash of ['#%E0%A4%A', '#elios_', '#/interview/', '#/report/no-such', '#/interview/../../etc', '#/x/__proto__']) {
    await page.goto(`${on.host.url}/${hash}`);
    await page.reload();
    await page.getByRole('heading').first().waitFor({ timeout: PATIENCE });
  }
  await page.goto(`${on.host.url}/#${on.host.token('candidate', 'Cy')}`);
  await see(page, 'Practise');
  for (const hash of ['#/report/no-such', '#/interview/no-such']) {
    await page.goto(`${on.host.url}/${hash}`);
    await see(page, /no-such|is gone/);
    assert.equal(await page.locator('.states [aria-current], .question > *').count(), 0, 'nothing is made up');
  }
  await page.leave();
});
