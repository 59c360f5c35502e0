// Every screen as those have it who see badly, use no mouse, or hold a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { answer, connected, connection, editor, findings, focused, inState, PATIENCE, press, see, stage } from './steps.mjs';

const on = stage('--evaluator', 'simulated:1s');

const DESKTOP = { width: 1280, height: 800 }, PHONE = { width: 390, height: 844 };
const GATES = 'A lock lifts a ship between two levels.';

// look has axe look at a screen in both schemes on a desktop and on a phone, and
// makes sure that it fits: on a phone with targets for a finger, on a narrow one, and
// with letters twice as large.
async function look(page, screen) {
  const wrong = [];
  for (const [viewport, size] of [[DESKTOP, '100%'], [PHONE, '100%'], [{ width: 320, height: 640 }, '100%'], [{ width: 640, height: 400 }, '200%']]) {
    await page.setViewportSize(viewport);
    await page.evaluate((s) => { document.documentElement.style.fontSize = s; }, size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) wrong.push(`${wide} px too wide at ${viewport.width} and ${size}`);
    if (viewport === PHONE) wrong.push(...(await small(page)));
    if (viewport !== DESKTOP && viewport !== PHONE) continue;
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      wrong.push(...(await findings(page)).map((f) => `${viewport.width} ${colorScheme} ${f}`));
    }
  }
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.setViewportSize(DESKTOP);
  assert.deepEqual(wrong, [], screen);
}

// small are the targets under 44 pixels.
const small = (page) => page.evaluate(() => [...document.querySelectorAll('button, a, input:not([type=checkbox]), select, summary, textarea, label.chip')]
  .map((e) => [e.getBoundingClientRect(), e]).filter(([r]) => r.width > 0 && (r.height < 44 || r.width < 44))
  .map(([r, e]) => `${e.tagName} ${e.innerText} is ${Math.round(r.width)}×${Math.round(r.height)}`));

test('the screens of an interview', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.url);
  await see(page, 'Your token');
  await look(page, 'door');
  await page.locator('#token').fill('elios_wrong');
  await press(page, 'Enter');
  await see(page, /unknown or revoked/);
  await look(page, 'refused');
  await page.goto(on.host.invite('--bank', 'wordy', '--count', '2', '--name', 'Ada').link);
  await see(page, 'You are invited');
  await look(page, 'invitation');
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  for (let n = 1; n <= 2; n++) {
    await look(page, `question ${n}`);
    if (await page.getByRole('button', { name: /Hint/ }).count()) await press(page, 'Hint 0/2');
    await answer(page, 'The loop ends when it is drained.');
    await see(page, /is reading/);
    await look(page, 'evaluating');
    await page.waitForFunction(() => !document.querySelector('.doing'), null, { timeout: PATIENCE });
    if (await editor(page).isVisible()) {
      await look(page, 'follow-up');
      await press(page, 'Pause');
      await see(page, /Paused/);
      await look(page, 'paused');
      await press(page, 'Go on');
      await answer(page, 'They come in the order in which they were sent.');
    }
    await see(page, 'Key points');
    await page.locator('.objection summary').first().click();
    await look(page, 'over');
    await page.getByRole('button', { name: /Next question|Read the report/ }).click();
  }
  await see(page, 'unprompted');
  await page.locator('details.question summary').first().click();
  await look(page, 'report');
  await page.leave();
});

// told has the server say more than it does once an answer is being judged.
const told = (page, what) => page.routeWebSocket(/v1\/ws/, (ws) => {
  const server = ws.connectToServer();
  server.onMessage((text) => {
    const m = JSON.parse(text);
    if (m.type === 'evaluation') return; // it never comes
    ws.send(text);
    if (m.type === 'state' && m.data.to === 'EVALUATING') ws.send(JSON.stringify(what(m.seq + 1)));
  });
});

for (const [name, what, words] of [
  ['an evaluation that has failed', (seq) => ({ type: 'evaluation_failed', seq, at: new Date(), data: { turn: 1, attempt: 3, why: 'Ollama does not answer' } }), /not judged yet: Ollama does not answer\./],
  ['an evaluation that waits', () => ({ type: 'evaluating', data: { turn: 1, phase: 'queued', position: 3, done: 0, of: 0, elapsed_ms: 0 } }), /as soon as it is free \(place 3\)/],
]) {
  test(name, async () => {
    const page = await visit(on.browser, on.host);
    await told(page, what);
    await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks').link);
    await press(page, 'Begin');
    await inState(page, 'QUESTIONING');
    await answer(page, GATES);
    await see(page, words);
    await look(page, name);
    assert.notEqual(await focused(page), 'BODY');
    await page.leave();
  });
}

test('the screens of a candidate with a history, and what went wrong', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(`${on.host.url}/#${on.host.token('candidate', 'Bo')}`);
  await see(page, 'Practise');
  await page.getByLabel('Bank', { exact: true }).selectOption('behavioral');
  await page.getByLabel('Questions').fill('1');
  await page.getByLabel(/Follow-ups/).selectOption('0');
  await press(page, 'Start');
  await inState(page, 'QUESTIONING');
  await answer(page, 'I decided to split the service, we cut latency by 40 percent, and since then I always measure first.');
  await see(page, 'What was heard');
  await look(page, 'behavioral');
  await press(page, 'Read the report');
  await see(page, 'unprompted');
  await page.goto(`${on.host.url}/#/`);
  await page.getByLabel('Bank', { exact: true }).selectOption('harbour');
  await press(page, 'Start');
  await inState(page, 'QUESTIONING');
  await editor(page).fill('x'.repeat(20001));
  await see(page, /at most 20 000/);
  await look(page, 'too long');
  await page.goto(`${on.host.url}/#/`);
  await see(page, 'History');
  await look(page, 'home');
  await page.goto(`${on.host.url}/#/report/none`);
  await see(page, 'That did not work');
  await look(page, 'trouble');
  await page.leave();
});

test('the screens of an exam, and of who watches it', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1', '--mode', 'exam', '--time-limit', '10m', '--name', 'Kim').link);
  await see(page, 'You are invited');
  await look(page, 'invitation to an exam');
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await look(page, 'exam');
  const watcher = await visit(on.browser, on.host);
  await watcher.goto(`${on.host.url}/#${on.host.token('observer', 'Olga')}`);
  await watcher.getByRole('link', { name: /Watch/ }).first().click({ timeout: PATIENCE });
  await inState(watcher, 'QUESTIONING');
  await look(watcher, 'watching a question');
  await answer(page, GATES);
  await inState(watcher, 'EVALUATING');
  await look(watcher, 'watching an evaluation');
  await press(page, 'End the interview');
  await see(watcher, /Its report is for the candidate and the host/);
  await look(watcher, 'watched to the end');
  await see(page, 'ended before the last question was over');
  await look(page, 'report of an exam');
  await page.leave();
  await watcher.leave();
});

test('the screens of who is shut out', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks').link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await editor(page).fill('what I had');
  await see(page, /saved/);
  await on.host.stop('SIGKILL');
  await connection(page, 'Not connected');
  await look(page, 'without a server');
  await on.host.start();
  await connected(page);
  on.host.elios('data', 'purge', page.url().split('/').at(-1));
  await editor(page).fill('what I had and more');
  await see(page, /This interview is gone/);
  await look(page, 'an interview that is gone');
  await page.leave();
});

test('colours of one\'s own', async () => {
  const page = await visit(on.browser, on.host, { forcedColors: 'active' });
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1').link);
  await press(page, 'Begin');
  await answer(page, GATES);
  await inState(page, 'FOLLOW UP');
  const seen = (name, of) => page.locator(name).filter({ visible: true }).first().evaluate(of);
  const colours = (e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor];
  const plain = await seen('#ask', colours);
  assert.notDeepEqual(await seen('mark', colours), plain, 'evidence is marked');
  assert.notEqual(await seen('.states [aria-current]', (e) => getComputedStyle(e).textDecorationLine + getComputedStyle(e).borderStyle + getComputedStyle(e).fontWeight), await seen('.states li:not([aria-current])', (e) => getComputedStyle(e).textDecorationLine + getComputedStyle(e).borderStyle + getComputedStyle(e).fontWeight), 'the state is told by more than a colour');
  assert.notEqual(await seen('button', (e) => getComputedStyle(e).borderStyle), 'none', 'a button has an edge');
  await page.leave();
});

test('the screens of a host', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(`${on.host.url}/#${on.host.token('host', 'Hosta')}`);
  await see(page, 'Complete interviews');
  await page.getByRole('row').first().waitFor();
  await look(page, 'overview');
  await page.getByRole('link', { name: 'Report of Ada' }).first().click(); // another may have ended before it was judged
  await see(page, 'unprompted');
  await look(page, 'report for the host');
  await page.leave();
});

test('a small window leaves room to write', async () => {
  const page = await visit(on.browser, on.host, { viewport: { width: 320, height: 480 } });
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1', '--name', 'N'.repeat(64)).link);
  await press(page, 'Begin');
  await page.getByRole('button', { name: 'Hint 0/1' }).waitFor();
  const covered = (lines) => page.evaluate((n) => {
    const [field, foot] = ['#answer', '.foot'].map((s) => document.querySelector(s).getBoundingClientRect());
    const bottom = Math.min(field.bottom - 13, field.top + 13 + 24 * n); // of the line that is being written
    return bottom - foot.top - 14; // which fades out at its top
  }, lines);
  for (let n = 0; n < 12; n++) {
    await editor(page).pressSequentially(`line ${n}\n`);
    assert.ok(await covered(n + 2) <= 0, `line ${n} is behind what stands still by ${await covered(n + 2)} px`);
  }
  assert.ok(await page.locator('header').first().evaluate((h) => h.getBoundingClientRect().height < 70), 'a long name does not break the header');
  await page.setViewportSize({ width: 320, height: 256 }); // as a desktop's that is magnified four times
  assert.deepEqual(await page.evaluate(() => ['.top', '.foot'].map((s) => getComputedStyle(document.querySelector(s)).position)), ['static', 'static']);
  await page.leave();
});

test('the keyboard alone', async () => {
  const page = await visit(on.browser, on.host);
  const keys = page.keyboard;
  const to = async (name) => {
    for (let n = 0; n < 30 && !(await focused(page)).startsWith(name); n++) await keys.press('Tab');
    assert.ok((await focused(page)).startsWith(name), `${name} cannot be reached, only ${await focused(page)}`);
  };
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1').link);
  await see(page, 'You are invited');
  assert.match(await focused(page), /You are invited/);
  await to('Begin');
  await keys.press('Enter');
  await inState(page, 'QUESTIONING');
  assert.equal(await focused(page), 'answer');
  await to('Hint');
  await keys.press('Enter');
  await see(page, 'Think of a staircase.');
  await see(page, 'Pause'); // the last hint takes its button with it
  assert.notEqual(await focused(page), 'BODY');
  await to('Pause');
  await keys.press('Enter');
  await see(page, /Paused/);
  assert.equal(await focused(page), 'Go on', 'the focus stays on what one has just used');
  await keys.press('Control+Enter');
  await page.getByRole('button', { name: 'Submit' }).waitFor();
  await keys.press('Shift+Tab');
  await editor(page).focus();
  await keys.type(GATES);
  await keys.press('Control+Enter');
  await see(page, /is reading/);
  await inState(page, 'FOLLOW UP');
  assert.equal(await focused(page), 'answer', 'the follow-up can be answered at once');
  await keys.type('The pressure of the higher water presses them shut.');
  await keys.press('Control+Enter');
  await see(page, 'Key points');
  assert.match(await focused(page), /is over/);
  await to('I see it differently');
  await keys.press('Enter');
  await to('partly');
  await keys.press('Enter');
  await see(page, 'Your own mark: partly');
  assert.equal(await focused(page), 'partly', 'the focus stays, and what was opened is open');
  await page.waitForTimeout(1000); // sooner it would be taken for a key pressed twice
  await keys.press('Control+Enter');
  await see(page, 'unprompted');
  assert.match(await focused(page), /Harbours/);
  await to('1');
  await keys.press('Enter');
  await see(page, 'An ideal answer');
  await page.leave();
});
