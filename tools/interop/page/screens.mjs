// Takes the pictures of docs/page: node tools/interop/page/screens.mjs FOLDER, with
// ELIOS_BIN and ELIOS_INTEROP_DIR as for the tests. The questions have a seed and the
// clocks stand, so that a picture is the same each time.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { browse, Host, visit } from './host.mjs';
import { answer, editor, inState, press, see } from './steps.mjs';

const folder = process.argv[2] ?? 'docs/page';
mkdirSync(folder, { recursive: true });

const DESKTOP = { width: 1000, height: 720 }, PHONE = { width: 390, height: 844 };
const LOOKS = {
  'desktop-light': { colorScheme: 'light', viewport: DESKTOP },
  'desktop-dark': { colorScheme: 'dark', viewport: DESKTOP },
  'phone-light': { colorScheme: 'light', viewport: PHONE, hasTouch: true, isMobile: true },
  'phone-dark': { colorScheme: 'dark', viewport: PHONE, hasTouch: true, isMobile: true },
};

const FIRST = 'Each layer wraps the error with fmt.Errorf and %w, so it adds context and keeps the original in the chain. For a typed error I would use errors.As, which finds it by its type.';
const SECOND = 'The handler calls errors.Is with sql.ErrNoRows, which walks the whole chain. A plain == comparison fails once the error has been wrapped.';
const CHANNELS = 'A nil channel blocks forever in both directions, so in a select it switches its case off. Unbuffered, the sender blocks until a receiver takes the value; buffered, it blocks only while the buffer is full. Sending on a closed channel panics.';
const OTHERS = { Grace: 'A nil channel blocks forever.', Barbara: 'A nil channel blocks forever, and sending on a closed channel panics.', Edsger: `${CHANNELS} Receiving from a closed channel drains the buffer and then returns the zero value with ok false. The sending side closes it.` };
const LATER = { 'hand-written config parser': 'Table-driven tests, each input a subtest with t.Run. Then go test -race, which reports unsynchronised accesses while the tests run.', 'on a channel': CHANNELS };

const call = async (host, secret, path, body) => (await fetch(`${host.url}/v1/${path}`, { method: body ? 'POST' : 'GET', headers: { Authorization: `Bearer ${secret}`, 'Idempotency-Key': crypto.randomUUID() }, body: body && JSON.stringify(body) })).json();

// interview makes one whose questions are known, for a candidate of this name.
async function interview(host, name) {
  const secret = host.token('candidate', name);
  const { id } = await call(host, secret, 'interviews', { bank: 'go', count: 3, level: '2..3', follow_ups: 1, seed: 2 });
  return { id, secret };
}

// still has the interview's clock stand at two minutes.
async function still(page, host, { id, secret }) {
  const { events } = await call(host, secret, `interviews/${id}/events?after=0`);
  const at = Date.parse(events.find((e) => e.type === 'started').at);
  await page.evaluate((ms) => { Date.now = () => ms; }, at + 134400);
  await page.locator('.where', { hasText: '02:14' }).waitFor();
}

async function open(browser, host, look, name) {
  const page = await visit(browser, host, LOOKS[look]);
  const made = await interview(host, name);
  await page.goto(`${host.url}/#${made.secret}`);
  await see(page, 'Practise');
  await page.goto(`${host.url}/#/interview/${made.id}`);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  return [page, made];
}

const shooter = (page, look) => async (name) => {
  await page.screenshot({ path: join(folder, `${name}-${look}.png`), animations: 'disabled', caret: 'hide' });
};

// candidate takes what a candidate sees, but for an evaluation that takes its time.
async function candidate(browser, host, look) {
  const [page, made] = await open(browser, host, look, 'Ada');
  const shot = shooter(page, look);
  await page.route('**/report', async (route) => {
    const report = await (await route.fetch()).json();
    await route.fulfill({ json: { ...report, duration_ns: 11 * 60e9, interview: { ...report.interview, ended_at: '2026-11-24T10:00:00Z' } } });
  });
  await editor(page).fill(FIRST);
  await see(page, /saved/);
  await still(page, host, made);
  await shot('interview');
  await press(page, 'Submit');
  await inState(page, 'FOLLOW UP');
  await editor(page).fill(SECOND);
  await see(page, /saved/);
  await still(page, host, made);
  await shot('follow-up');
  await press(page, 'Submit');
  await see(page, 'Key points');
  await shot('question-over');
  await press(page, 'Next question');
  await rest(page);
  await see(page, 'unprompted');
  await page.locator('details.question summary').first().click();
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await shot('report');
  await page.leave();
}

// rest answers what is still asked, and skips the follow-ups.
async function rest(page) {
  for (let n = 0; n < 2; n++) {
    await inState(page, 'QUESTIONING');
    const asked = await page.locator('#ask').innerText();
    await answer(page, Object.entries(LATER).find(([words]) => asked.includes(words))[1]);
    await page.locator('.sofar, .reveal').first().waitFor();
    if (await page.locator('.sofar').count()) await press(page, 'Skip');
    await see(page, 'Key points');
    await page.locator('.foot .first').click();
  }
}

async function evaluation(browser, host, look) {
  const [page, made] = await open(browser, host, look, 'Ada');
  await answer(page, FIRST);
  await still(page, host, made);
  await see(page, 'point 5 of'); // after six of the nine seconds, and for one and a half
  await see(page, '… 6 s');
  await shooter(page, look)('evaluation');
  await page.leave();
}

// overview has some invitations in every state.
async function invitations(host) {
  for (const name of ['Alan', 'Katherine', 'Donald']) host.invite('--bank', 'databases', '--name', name, '--mode', 'exam');
  host.elios('token', 'revoke', host.invite('--bank', 'go', '--name', 'Mallory').id);
  for (const [name, text] of Object.entries(OTHERS)) {
    const secret = host.invite('--bank', 'go', '--name', name, '--count', '1', '--topics', 'concurrency', '--level', '2..3', '--follow-ups', name === 'Grace' ? '2' : '0').link.split('#')[1];
    const { id } = await call(host, secret, 'interviews', {});
    await call(host, secret, `interviews/${id}/commands`, { type: 'start' });
    await call(host, secret, `interviews/${id}/commands`, { type: 'answer', data: { turn: 1, text } });
  }
}

async function overview(browser, host, look) {
  const page = await visit(browser, host, LOOKS[look]);
  await page.goto(`${host.url}/#${host.token('host', 'Host')}`);
  await page.getByText('started at question').first().waitFor();
  await shooter(page, look)('host');
  await page.leave();
}

const browser = await browse();
const quick = await Host.open(), slow = await Host.open('--evaluator', 'simulated:9s'), busy = await Host.open();
await invitations(busy);
for (const look of Object.keys(LOOKS)) {
  await candidate(browser, quick, look);
  await evaluation(browser, slow, look);
  await overview(browser, busy, look);
}
await browser.close();
for (const host of [quick, slow, busy]) await host.close();
