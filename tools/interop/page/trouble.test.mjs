// A network and a server that come and go: nothing is lost, and nothing happens twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { answer, begin, connected, connection, editor, heard, inState, once, PATIENCE, press, see, stage } from './steps.mjs';

const on = stage('--evaluator', 'simulated:300ms');

const A_LOCK = 'A lock lifts a ship between two levels.';
const MOON = 'The moon pulls and a lock lifts a ship';
const judged = (page) => page.waitForFunction(() => document.querySelector('mark') && !document.querySelector('.doing'), null, { timeout: PATIENCE });

test('a reload keeps every word, from the browser and from the server', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await editor(page).fill('half a thought');
  await page.reload();
  await inState(page, 'QUESTIONING');
  assert.equal(await editor(page).inputValue(), 'half a thought');
  await see(page, '3 words · saved');
  await page.evaluate(() => localStorage.clear()); // from now on from the server alone
  await page.reload();
  await inState(page, 'QUESTIONING');
  assert.equal(await editor(page).inputValue(), 'half a thought');
  await page.leave();
});

test('a reload in each state', async () => {
  const page = await visit(on.browser, on.host);
  const again = async (state) => {
    await page.reload();
    await inState(page, state);
  };
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--count', '1').link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await press(page, 'Pause');
  await see(page, /Paused: no time runs/);
  await again('QUESTIONING');
  await press(page, 'Go on');
  await answer(page, A_LOCK);
  await inState(page, 'EVALUATING');
  await page.reload();
  await inState(page, 'FOLLOW UP');
  await again('FOLLOW UP');
  await answer(page, 'The pressure of the higher water presses them shut.');
  await see(page, 'Key points');
  await page.reload(); // what is over stays to be read until one has read it
  await see(page, 'Key points');
  await press(page, 'Read the report');
  await page.reload();
  await see(page, 'unprompted');
  await once(page, on.host, 'answer_accepted', 2);
  await page.leave();
});

test('a server that is killed while one writes', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await editor(page).fill(MOON);
  await on.host.stop('SIGKILL');
  await connection(page, 'Your words are kept');
  await press(page, 'Submit');
  await connection(page, 'It is sent then');
  await page.evaluate(() => dispatchEvent(new Event('offline'))); // and the network is uncertain
  assert.equal((await heard(page)).match(/Not connected/g).length, 1, 'it is said aloud once, and not with each second');
  await on.host.start();
  await connected(page);
  await judged(page);
  await once(page, on.host, 'answer_accepted');
  await page.leave();
});

test('a server that is killed between the answer and its verdict', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await answer(page, A_LOCK);
  await inState(page, 'EVALUATING');
  await on.host.restart();
  await inState(page, 'FOLLOW UP');
  await once(page, on.host, 'answer_accepted');
  await once(page, on.host, 'evaluation');
  await page.leave();
});

test('an answer that was sent before a reload without a server is not lost', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await on.host.stop('SIGKILL');
  await connection(page, 'Not connected');
  await answer(page, MOON);
  await connection(page, 'It is sent then');
  await page.reload().catch(() => {}); // there is nobody to load it from
  await page.locator('#screen').waitFor({ state: 'detached' }); // the browser says so on a page of its own
  await on.host.start();
  await page.goto(on.host.url);
  await press(page, 'Go on');
  await judged(page);
  await once(page, on.host, 'answer_accepted');
  await page.leave();
});

test('offline and back', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await page.context().setOffline(true);
  await on.host.stop('SIGKILL'); // a browser keeps open connections; the network does not
  await editor(page).fill('written without a network');
  await connection(page, 'Your words are kept');
  await see(page, /kept here/);
  await on.host.start();
  await page.context().setOffline(false);
  await see(page, '4 words · saved');
  await see(page, 'Connected again; nothing is lost.');
  await page.context().setOffline(true);
  await on.host.stop('SIGKILL');
  await press(page, 'Submit');
  await connection(page, 'It is sent then');
  await on.host.start();
  await page.context().setOffline(false);
  await inState(page, 'FOLLOW UP');
  await once(page, on.host, 'answer_accepted');
  await page.leave();
});
