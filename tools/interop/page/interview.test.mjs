// A whole interview in a real browser, as a candidate has it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Host, visit } from './host.mjs';
import { accessible, answer, begin, editor, inState, once, press, see, stage } from './steps.mjs';

const on = stage();

const GATES = 'A lock lifts a ship between two levels – naïve, but true.';

test('a whole interview, by invitation', async () => {
  const page = await visit(on.browser, on.host);
  const { link } = on.host.invite('--bank', 'harbour', '--count', '2', '--name', 'Ada');
  await page.goto(link);
  await see(page, 'You are invited to an interview');
  assert.ok(!page.url().includes('elios_'), 'the token stays in the address');
  await accessible(page);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await accessible(page);
  let lock = await page.getByText('What does a lock do').count();
  for (let n = 0; n < 2; n++, lock = 1 - lock) {
    if (lock) await askedOfLocks(page);
    else await askedOfTides(page);
    await press(page, n === 0 ? 'Next question' : 'Read the report');
  }
  await page.getByRole('heading', { name: 'Harbours' }).waitFor();
  await see(page, 'unprompted');
  await page.locator('details.question', { hasText: 'lock' }).locator('summary').first().click();
  await see(page, 'An ideal answer');
  await accessible(page);
  assert.match(page.url(), /#\/report\//);
  await page.leave();
});

async function askedOfLocks(page) {
  assert.equal(await page.locator('.ask strong').innerText(), 'lock');
  assert.equal(await page.locator('.ask li').count(), 2);
  await press(page, 'Hint 0/1');
  await see(page, 'Think of a staircase.');
  await answer(page, GATES);
  await inState(page, 'FOLLOW UP');
  assert.equal(await page.locator('mark').first().innerText(), GATES, 'the evidence is marked, also behind letters of two bytes');
  await see(page, '1 point open');
  assert.ok(await editor(page).evaluate((e) => e === document.activeElement), 'the follow-up can be answered at once');
  await accessible(page);
  await answer(page, 'The pressure of the higher water pushes them shut.');
  await see(page, 'is over');
  assert.equal(await page.locator('.points .sign.good').count(), 2);
  await accessible(page);
}

async function askedOfTides(page) {
  await press(page, 'Pause');
  await see(page, 'paused');
  await press(page, 'Go on');
  await answer(page, 'The moon pulls the near side more than the far side.');
  await see(page, 'is over');
}

test('a token, a bank of one\'s own choice, an exam with a time limit', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.url);
  await see(page, 'Your token, or the link of your invitation');
  await accessible(page);
  await page.locator('#token').fill('elios_wrong');
  await press(page, 'Enter');
  await see(page, /unknown or revoked/);
  await page.locator('#token').fill(on.host.token('candidate', 'Bob'));
  await press(page, 'Enter');
  await see(page, 'Practise');
  await accessible(page);
  await page.getByLabel('Bank', { exact: true }).selectOption('harbour');
  await page.getByLabel('Questions').fill('2');
  await page.getByLabel(/Time limit/).fill('0.5');
  await page.getByLabel('Mode').selectOption('exam');
  await press(page, 'Start');
  await see(page, /00:\d\d left/);
  await answer(page, 'I do not know.');
  await page.waitForFunction(() => /FOLLOW UP|QUESTIONING/.test(document.querySelector('.states [aria-current]')?.innerText ?? ''));
  assert.equal(await page.locator('.sofar').count(), 0, 'an exam tells nothing');
  await press(page, 'End the interview');
  await see(page, 'ended before the last question was over');
  await page.getByRole('link', { name: 'Home' }).click();
  await see(page, 'History');
  await accessible(page);
  await press(page, 'Forget my token');
  await see(page, 'Your token, or the link of your invitation');
  await page.leave();
});

test('marks, disputes and the saved report', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host, '--follow-ups', '0');
  await answer(page, 'Water is wet.');
  await see(page, 'is over');
  await page.locator('.objection summary').first().click();
  await press(page, 'I had it');
  await see(page, 'Your own mark: I had it');
  await press(page, 'Read the report');
  await see(page, /with your own marks/);
  const opened = () => page.locator('details.question[open]').count();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await opened(), 1, 'on paper nothing can be opened');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await opened(), 0);
  await page.locator('details.question summary').first().click();
  await page.locator('.objection summary').first().click();
  await page.getByLabel('Why is the verdict wrong?').first().fill('I said it <b>otherwise</b>.');
  await page.getByRole('button', { name: 'Dispute' }).first().click();
  await see(page, 'I said it <b>otherwise</b>.');
  const saved = page.waitForEvent('download');
  await press(page, 'Save as Markdown');
  assert.match((await saved).suggestedFilename(), /^elios-.*\.md$/);
  await page.leave();
});

test('ctrl+enter sends a reason, and does not skip verdicts that have just come', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host, '--follow-ups', '0');
  await editor(page).fill('Water is wet.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.reveal').waitFor();
  await page.keyboard.press('Control+Enter');
  await see(page, 'Key points');
  await page.locator('.objection summary').first().click();
  await page.getByLabel('Why is the verdict wrong?').first().fill('I said so.');
  await page.keyboard.press('Control+Enter');
  await see(page, 'You disputed it: I said so.');
  await see(page, 'Key points');
  await once(page, on.host, 'disputed');
  await page.leave();
});

test('a reason that is too long is not cut', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host, '--follow-ups', '0');
  await answer(page, 'Water is wet.');
  await see(page, 'Key points');
  await page.locator('.objection summary').first().click();
  const reason = page.getByLabel('Why is the verdict wrong?').first();
  await reason.fill('x'.repeat(3500));
  await see(page, '1 500 characters too many; nothing is cut by itself.');
  await reason.press('Enter');
  await once(page, on.host, 'disputed', 0);
  await reason.fill('x'.repeat(2000));
  await reason.press('Enter');
  await see(page, /You disputed it: x/);
  await page.leave();
});

// timed begins an interview of two questions whose time is limited, and ends the first.
async function timed(page, host) {
  const { link } = host.invite('--bank', 'harbour', '--count', '2', '--time-limit', '10m', '--follow-ups', '0');
  await page.goto(link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  return link;
}

test('while a question that is over is read, nothing is told of the next one', async () => {
  const page = await visit(on.browser, on.host);
  await timed(page, on.host);
  await answer(page, 'Water is wet.');
  const heading = page.locator('h2', { hasText: 'Question 1 of 2 is over' });
  await heading.waitFor();
  assert.equal(await page.locator('.states [aria-current]').count(), 0);
  assert.doesNotMatch(await page.locator('.top').innerText(), /left|2 of 2|paused/);
  await page.reload(); // the pause for reading is still one
  await heading.waitFor();
  assert.doesNotMatch(await page.locator('.top').innerText(), /left|paused/);
  await press(page, 'Next question');
  await inState(page, 'QUESTIONING');
  await page.getByRole('button', { name: 'Submit' }).waitFor();
  await see(page, /2 of 2 · 0?9:5\d left|2 of 2 · 10:00 left/);
  await page.leave();
});

test('a pause that one asks for while reading stays', async () => {
  const page = await visit(on.browser, on.host);
  await timed(page, on.host);
  await answer(page, 'Water is wet.');
  await see(page, 'Key points');
  await press(page, 'Pause');
  await see(page, /Paused: no time runs/);
  await press(page, 'Next question');
  await press(page, 'Go on');
  await page.getByRole('button', { name: 'Submit' }).waitFor();
  await page.leave();
});

test('two windows read the same verdicts, and nothing is told of it', async () => {
  const one = await visit(on.browser, on.host);
  const link = await timed(one, on.host);
  const two = await visit(on.browser, on.host);
  await two.goto(link);
  await press(two, 'Go on');
  await inState(two, 'QUESTIONING');
  await answer(one, 'Water is wet.');
  const silent = async () => {
    await one.waitForTimeout(300); // for what might yet be refused
    for (const page of [one, two]) assert.equal(await page.locator('.note').filter({ visible: true }).count(), 0, await page.locator('.note').allInnerTexts().then(String));
  };
  for (const page of [one, two]) await see(page, 'Key points');
  await silent();
  for (const page of [one, two]) {
    await press(page, 'Next question');
    await page.getByRole('button', { name: 'Submit' }).waitFor();
  }
  await silent();
  await once(one, on.host, 'paused');
  await once(one, on.host, 'resumed');
  await one.leave();
  await two.leave();
});

test('after the last hint one can go on writing', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await press(page, 'Hint 0/1');
  await see(page, 'Think of a staircase.');
  await page.waitForFunction(() => document.activeElement.id === 'answer', null, { timeout: 3000 });
  await page.leave();
});

test('an invitation tells what it is', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.invite('--bank', 'harbour', '--topics', 'locks', '--level', '2..3', '--count', '0', '--time-limit', '20s', '--expires', '100m').link);
  await see(page, 'You are invited');
  const facts = await page.locator('dl').innerText();
  assert.match(facts, /all of Locks, level 2–3/);
  assert.match(facts, /20 s a question/);
  assert.match(facts, /good for 1 h more/);
  await page.leave();
});

test('a refusal is told where it can be seen', async () => {
  const page = await visit(on.browser, on.host, { viewport: { width: 390, height: 500 } });
  await page.goto(`${on.host.url}/#${on.host.token('candidate', 'Bo')}`);
  await see(page, 'Practise');
  const refusal = (route) => route.fulfill({ status: 400, json: { detail: 'there are not so many questions' } });
  await page.route('**/v1/interviews', (route) => (route.request().method() === 'POST' ? refusal(route) : route.continue()));
  const inSight = (words) => page.getByText(words).evaluate((e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && e.contains(document.elementFromPoint(e.getBoundingClientRect().left + 5, (top + bottom) / 2));
  });
  await press(page, 'Start');
  await see(page, 'There are not so many questions.');
  assert.ok(await inSight('There are not so many questions.'));
  await page.unroute('**/v1/interviews');
  await begin(page, on.host, '--follow-ups', '0');
  await answer(page, 'Water is wet.');
  await see(page, 'Key points');
  await press(page, 'Read the report');
  await page.route('**/commands', (route) => route.fulfill({ status: 409, json: { detail: 'it cannot be marked' } }));
  await page.locator('details.question summary').first().click();
  await page.locator('.objection summary').first().click();
  await page.getByRole('button', { name: 'partly' }).first().click();
  await see(page, 'It cannot be marked.');
  assert.ok(await inSight('It cannot be marked.'));
  await page.leave();
});

test('questions that are read aloud', async (t) => {
  const speaking = await Host.open('--speak').catch((e) => e);
  if (speaking instanceof Error) return t.skip(`there is nothing here that speaks: ${speaking.message}`);
  t.after(() => speaking.close());
  const page = await visit(on.browser, speaking);
  await page.goto(speaking.invite('--bank', 'harbour').link);
  await press(page, 'Begin');
  const sound = page.waitForResponse(/\/turns\/1\/audio$/);
  await press(page, 'Read aloud');
  assert.equal((await sound).status(), 200);
  await press(page, 'Stop reading');
  await see(page, 'Read aloud');
  await page.leave();
});

test('the fold of the events is what the server says', async () => {
  const { apply, nothing } = await import(new URL('../../../internal/server/web/page/fold.js', import.meta.url));
  const token = on.host.token('host', 'Reader');
  const get = async (path) => (await fetch(`${on.host.url}/v1/${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();
  const { interviews } = await get('interviews');
  assert.ok(interviews.length > 2, 'the tests before have left interviews');
  for (const { id } of interviews) {
    const want = await get(`interviews/${id}`);
    const { events } = await get(`interviews/${id}/events?after=0`);
    const got = events.reduce(apply, nothing());
    for (const key of ['id', 'state', 'question', 'questions', 'turn', 'last_seq', 'bank', 'evaluator', 'settings', 'completed', 'pending']) {
      assert.deepEqual(got[key], want[key], `${key} of ${id}`);
    }
    for (const key of ['over', 'marks', 'disputes']) assert.deepEqual(got[key], want[key] ?? [], `${key} of ${id}`);
    assert.equal(Boolean(got.paused), Boolean(want.paused));
    assert.equal(got.ran_ms, Math.round((want.ran_ns ?? 0) / 1e6), `time of ${id}`);
    const plain = ({ timed_out: _, ...turn }) => ({ ...turn, hints_given: turn.hints_given ?? [] });
    assert.deepEqual(got.turns.map(plain), want.turns.map(plain), `turns of ${id}`);
  }
});


test('an interview that is ended in the middle leads to its report', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  await answer(page, 'A lock lifts a ship.');
  await inState(page, 'FOLLOW UP');
  await press(page, 'End the interview');
  await see(page, 'ended before the last question was over');
  await page.leave();
});

test('the built-in evaluator is asked for twice over', async () => {
  const slow = await Host.open('--evaluator', 'simulated:4s');
  const page = await visit(on.browser, slow);
  await begin(page, slow);
  const asked = [];
  page.removeAllListeners('dialog');
  page.on('dialog', (d) => { asked.push(d.message()); d.dismiss(); });
  await editor(page).fill(GATES);
  const submit = await page.getByRole('button', { name: 'Submit' }).boundingBox();
  await press(page, 'Submit');
  await inState(page, 'EVALUATING');
  const builtin = page.getByRole('button', { name: 'Use the built-in evaluator' });
  const at = await builtin.boundingBox();
  assert.ok(at.x > submit.x + submit.width / 2, `it is not where Submit was pressed: ${JSON.stringify([submit, at])}`);
  await builtin.click();
  assert.match(asked.join(), /It judges this answer and all that follow. There is no way back in this interview\./);
  await inState(page, 'FOLLOW UP');
  await once(page, slow, 'evaluator_changed', 0);
  await page.leave();
  await slow.close();
});

test('to skip is asked first, also with nothing written', async () => {
  const page = await visit(on.browser, on.host);
  await begin(page, on.host);
  const asked = [];
  page.removeAllListeners('dialog');
  page.on('dialog', (d) => { asked.push(d.message()); d.accept(); });
  await answer(page, 'A lock lifts a ship.');
  await inState(page, 'FOLLOW UP');
  await editor(page).fill('half a thought');
  await press(page, 'Skip');
  await see(page, 'is over');
  assert.match(asked.join(), /The follow-up stays unanswered; the score stays as it is\. What you have written is not handed in\./);
  await begin(page, on.host);
  await press(page, 'Skip');
  await see(page, 'is over');
  assert.match(asked.at(-1), /The question scores 0 and the interview goes on\.$/);
  await page.leave();
});
