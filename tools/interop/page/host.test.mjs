// The overview of whoever holds interviews.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { answer, focused, inState, PATIENCE, press, see, stage } from './steps.mjs';

const on = stage();

const region = (page, name) => page.getByRole('region', { name, exact: true }).first();
const overview = async (scope = 'host', options) => {
  const page = await visit(on.browser, on.host, options);
  await page.goto(`${on.host.url}/#${on.host.token(scope, 'Hosta')}`);
  await page.getByRole('heading', { name: 'Overview' }).waitFor({ timeout: PATIENCE });
  return page;
};

test('an invitation from the first to the last', async () => {
  const page = await overview();
  await see(page, 'No interview is running.');
  await see(page, /No invitations yet/);
  const candidate = await visit(on.browser, on.host);
  const { link } = on.host.invite('--bank', 'harbour', '--topics', 'locks', '--name', 'Grace');
  await candidate.goto(link);
  const invitation = region(page, 'Invitations').getByRole('row', { name: /Grace/ });
  await invitation.getByText('open').waitFor({ timeout: PATIENCE });
  await press(candidate, 'Begin');
  await inState(candidate, 'QUESTIONING');
  await invitation.getByText('started at question 1').waitFor({ timeout: PATIENCE });
  await see(page, '1 started');
  await region(page, 'Running interviews').getByRole('link', { name: 'Watch Grace' }).click();
  await inState(page, 'QUESTIONING');
  assert.equal(await page.getByRole('button', { name: 'Submit' }).count(), 0, 'who watches cannot answer');
  await see(page, /Interview of Grace, \d+ \w+ \d{4}/);
  await answer(candidate, 'A lock lifts a ship.');
  await page.locator('mark').first().waitFor({ timeout: PATIENCE });
  await page.getByRole('link', { name: 'Back to the overview' }).click();
  await page.goBack();
  await inState(page, 'FOLLOW UP');
  await press(candidate, 'End the interview');
  await see(page, 'unprompted');
  await see(page, /^Grace · \d+ \w+ \d{4} · 1 question/);
  await see(page, 'Practice feedback, not a hiring decision.');
  await page.getByRole('link', { name: 'Home' }).click();
  await region(page, 'Complete interviews').getByRole('link', { name: 'Report of Grace' }).waitFor({ timeout: PATIENCE });
  await page.leave();
  await candidate.leave();
});

test('an observer watches to the end, and changes nothing', async () => {
  const candidate = await visit(on.browser, on.host);
  await candidate.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--name', 'Lin').link);
  await press(candidate, 'Begin');
  const page = await overview('observer');
  assert.equal(await page.getByRole('heading', { name: 'Invitations' }).count(), 0);
  await region(page, 'Running interviews').getByRole('link', { name: /Watch/ }).first().click();
  await inState(page, 'QUESTIONING');
  await press(candidate, 'End the interview');
  await see(page, /Its report is for the candidate and the host/);
  await page.leave();
  await candidate.leave();
});

test('what became of invitations', async () => {
  const gone = on.host.invite('--bank', 'harbour', '--name', 'Mallory');
  on.host.invite('--bank', 'harbour', '--name', 'Late', '--expires', '1s');
  on.host.elios('token', 'revoke', gone.id);
  const page = await overview();
  await region(page, 'Invitations').getByRole('row', { name: /Mallory.*revoked/ }).waitFor({ timeout: PATIENCE });
  await region(page, 'Invitations').getByRole('row', { name: /Late.*expired/ }).waitFor({ timeout: PATIENCE });
  const page2 = await visit(on.browser, on.host);
  await page2.goto(gone.link);
  await see(page2, /unknown or revoked; ask the host for a new one/);
  await page2.leave();
  await page.leave();
});

// many are 200 invitations, of which the first is at another question each time
// they are asked for.
function many() {
  let polls = 0;
  const states = ['open', 'finished', 'expired', 'revoked', 'started at question 2'];
  return (route) => {
    polls++;
    const invitations = Array.from({ length: 200 }, (_, i) => ({
      id: `id-${i}`, name: `Candidate ${i}`, bank: 'harbour', mode: 'practice', state: i === 4 ? `started at question ${polls}` : states[i % 5],
      created_at: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(), interview: i % 5 === 0 ? undefined : `iv-${i}`, score: i % 5 === 1 ? i / 2 : undefined,
    }));
    return route.fulfill({ json: { invitations } });
  };
}

test('200 invitations, and nobody is disturbed when they change', async () => {
  const page = await visit(on.browser, on.host, { viewport: { width: 390, height: 844 } });
  await page.route('**/v1/invitations', many());
  await page.goto(`${on.host.url}/#${on.host.token('host', 'Hosta')}`);
  const rows = region(page, 'Invitations').locator('tbody tr');
  await see(page, '40 started · 40 open · 40 over · 40 revoked · 40 expired');
  assert.match(await rows.first().innerText(), /Candidate 199/, 'what goes on stands first, the newest at the top');
  const link = page.getByRole('link', { name: 'Report of Candidate 101' });
  await link.focus();
  await page.getByText('Candidate 101', { exact: true }).selectText();
  await link.evaluate((a) => { a.mine = true; });
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 500);
  await page.getByText('started at question 3').waitFor({ timeout: PATIENCE });
  assert.ok(await link.evaluate((a) => a.mine && a === document.activeElement), 'the focus stays');
  assert.equal(await page.evaluate(() => scrollY), before);
  assert.match(await page.evaluate(() => String(getSelection())), /Candidate 101/);
  await page.getByLabel(/Find an invitation/).fill('candidate 19');
  assert.equal(await rows.count(), 11);
  await page.getByLabel(/Find an invitation/).fill('nobody');
  await see(page, 'None of 200 invitations is like that.');
  await page.leave();
});

test('interviews of tokens without a name are told apart', async () => {
  for (let n = 0; n < 2; n++) {
    const candidate = await visit(on.browser, on.host);
    await candidate.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks').link);
    await press(candidate, 'Begin');
    await inState(candidate, 'QUESTIONING');
    await candidate.leave();
  }
  const page = await overview();
  const names = region(page, 'Running interviews').getByRole('rowheader', { name: /^token / });
  await names.nth(1).waitFor({ timeout: PATIENCE });
  const all = await names.allInnerTexts();
  assert.equal(new Set(all).size, all.length, all.join());
  await page.leave();
});

test('a server that goes while one looks', async () => {
  const page = await overview();
  await on.host.stop('SIGKILL');
  await page.locator('#link', { hasText: 'Not connected' }).waitFor({ timeout: PATIENCE });
  await on.host.start();
  await page.locator('#link', { hasText: 'Connected again' }).waitFor({ timeout: PATIENCE });
  assert.notEqual(await focused(page), 'BODY');
  await page.leave();
});
