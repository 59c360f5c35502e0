// What ends an answer or an interview before its time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { answer, begin, editor, eventsOf, heard, inState, once, press, see, stage } from './steps.mjs';

const on = stage();

test('an answer of 25 000 characters is not cut, and not sent', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await editor(page).fill('😀'.repeat(20000)); // characters, as the server counts them
  await see(page, '1 word · saved');
  const long = 'word '.repeat(5000).trim() + '.';
  await editor(page).fill(long);
  await see(page, /at most 20 000 characters/);
  await see(page, /5 000 characters too many/);
  await press(page, 'Submit');
  await page.reload();
  await inState(page, 'QUESTIONING');
  assert.equal((await editor(page).inputValue()).length, 25000);
  await editor(page).fill(long.slice(0, 20000));
  await see(page, /words · saved/);
  assert.equal(await page.locator('#toolong').innerText(), '');
  await press(page, 'Submit');
  await inState(page, 'FOLLOW UP');
  await once(page, on.host, 'answer_accepted');
  await page.leave();
});

test('time that runs out hands in what is written', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host, '--time-limit', '3s', '--follow-ups', '0');
  await editor(page).pressSequentially('A lock lifts a ship ', { delay: 5 });
  for (let n = 0; n < 30 && await editor(page).isEditable().catch(() => false); n++) await editor(page).pressSequentially(` and ${n}`, { delay: 20 }).catch(() => {});
  await see(page, /handed in when the time was over/);
  assert.match(await heard(page), /seconds left/);
  const handed = (await eventsOf(page, on.host)).find((e) => e.type === 'answer_accepted').data.text;
  assert.match(handed, /^A lock lifts a ship +and 0 and 1/, 'who types without a pause is saved too');
  await page.leave();
});

test('a token that is taken back in the middle', async () => {
  const page = await visit(on.browser, on.host);
  const { id, link } = on.host.invite('--bank', 'harbour', '--topics', 'locks');
  await page.goto(link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await editor(page).fill('what I had');
  await see(page, /saved/);
  on.host.elios('token', 'revoke', id);
  await on.host.restart(); // closes its connections at the next heartbeat; this is sooner
  await see(page, /the host has taken it back/);
  await see(page, /What you have written is still here/);
  assert.equal(await editor(page).inputValue(), 'what I had');
  await page.getByRole('link', { name: 'Enter another token' }).click();
  await see(page, 'Your token, or the link of your invitation');
  await page.leave();
});

test('an interview that is deleted in the middle', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await editor(page).fill('what I had');
  await see(page, /saved/);
  on.host.elios('data', 'purge', page.url().split('/').at(-1));
  await editor(page).fill('what I had and more');
  await see(page, /This interview is gone/);
  assert.equal(await editor(page).inputValue(), 'what I had and more');
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading').first().waitFor();
  await page.leave();
});
