// The page in a real browser: what a candidate and a host do with it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeSource, browse, Host, visit } from './host.mjs';

let host, browser;
before(async () => {
  host = await Host.open();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  await host?.close();
});

const PATIENCE = 20000;
async function see(page, text) {
  try {
    await page.getByText(text).first().waitFor({ timeout: PATIENCE });
  } catch (e) {
    throw new Error(`${text} is not on the page:\n${await page.locator('body').innerText()}`);
  }
}
const press = (page, name) => page.getByRole('button', { name, exact: true }).click({ timeout: PATIENCE });
const editor = (page) => page.getByLabel('Your answer', { exact: true });
const inState = (page, name) => page.locator('.states [aria-current]', { hasText: name }).waitFor({ timeout: PATIENCE });

async function fine(page) {
  assert.deepEqual(page.wrong, []);
}

// accessible has axe look at the screen as it stands.
async function accessible(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    // The policy allows no script of anybody, so axe comes by way of the debugger.
    const { readFileSync } = await import('node:fs');
    await page.evaluate(readFileSync(axeSource, 'utf8'));
  }
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join('; ')}`), []);
}

async function begin(page, ...invitation) {
  const { link } = host.invite('--bank', 'harbour', '--topics', 'locks', ...invitation);
  await page.goto(link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
}

async function answer(page, text) {
  await editor(page).fill(text);
  await press(page, 'Submit');
}

const GATES = 'A lock lifts a ship between two levels – naïve, but true.';

test('a whole interview, by invitation', async () => {
  const page = await visit(browser, host);
  const { link } = host.invite('--bank', 'harbour', '--count', '2', '--name', 'Ada');
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
  await fine(page);
  await page.leave();
});

async function askedOfLocks(page) {
  assert.equal(await page.locator('.ask strong').innerText(), 'lock');
  assert.equal(await page.locator('.ask li').count(), 2);
  await press(page, 'Hint (0/1)');
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

test('a reload in the middle keeps every word', async () => {
  const page = await visit(browser, host);
  await begin(page, '--count', '1');
  await editor(page).fill('half a thought');
  await page.reload();
  await inState(page, 'QUESTIONING');
  assert.equal(await editor(page).inputValue(), 'half a thought');
  await see(page, '3 words · saved');
  await page.evaluate(() => localStorage.clear()); // from now on from the server alone
  await page.reload();
  await inState(page, 'QUESTIONING');
  assert.equal(await editor(page).inputValue(), 'half a thought');
  await fine(page);
  await page.leave();
});

test('a restart of the server in the middle of an answer', async () => {
  const page = await visit(browser, host);
  await begin(page, '--count', '1');
  await editor(page).fill('The moon pulls and a lock lifts a ship');
  await host.stop('SIGKILL');
  await see(page, /Not connected: trying again/);
  await see(page, /Your words are kept/);
  await press(page, 'Submit');
  await see(page, /It is sent then/);
  await page.evaluate(() => dispatchEvent(new Event('offline'))); // and the network is uncertain
  await host.start();
  await page.getByText(/Not connected/).waitFor({ state: 'hidden', timeout: PATIENCE });
  await page.waitForFunction(() => document.querySelector('mark') || document.body.innerText.includes('is over'), null, { timeout: PATIENCE });
  await fine(page);
  await page.leave();
});

test('an answer that was sent before a reload without a server is not lost', async () => {
  const page = await visit(browser, host);
  await begin(page, '--count', '1');
  await host.stop('SIGKILL');
  await see(page, /Not connected/);
  await editor(page).fill('The moon pulls and a lock lifts a ship');
  await press(page, 'Submit');
  await see(page, /It is sent then/);
  await page.reload().catch(() => {}); // there is nobody to load it from
  await host.start();
  await page.goto(host.url);
  await press(page, 'Go on');
  await page.waitForFunction(() => document.querySelector('mark') || document.body.innerText.includes('is over') || location.hash.includes('report'), null, { timeout: PATIENCE });
  await fine(page);
  await page.leave();
});

test('two tabs show the same, and neither loses words', async () => {
  const one = await visit(browser, host);
  const { link } = host.invite('--bank', 'harbour', '--count', '1', '--topics', 'locks');
  await one.goto(link);
  await press(one, 'Begin');
  await inState(one, 'QUESTIONING');
  const two = await visit(browser, host);
  await two.goto(link);
  await press(two, 'Go on');
  await inState(two, 'QUESTIONING');
  await editor(two).fill('what I wrote in the second tab');
  await answer(one, 'Nothing to the point at all.');
  await see(two, /What you had written here: what I wrote in the second tab/);
  await inState(one, 'FOLLOW UP');
  await inState(two, 'FOLLOW UP');
  await fine(one);
  await fine(two);
  await one.leave();
  await two.leave();
});

test('offline and back', async () => {
  const page = await visit(browser, host);
  await begin(page, '--count', '1');
  await page.context().setOffline(true);
  await host.stop('SIGKILL'); // a browser keeps open connections; the network does not
  await editor(page).fill('written without a network');
  await see(page, /Your words are kept/);
  await see(page, /kept here/);
  await host.start();
  await page.context().setOffline(false);
  await see(page, '4 words · saved');
  await see(page, 'Connected again; nothing is lost.');
  await fine(page);
  await page.leave();
});

test('a bank that tries to inject markup', async () => {
  const page = await visit(browser, host);
  const { link } = host.invite('--bank', 'hostile', '--name', '<img src=x onerror=alert(20)>');
  await page.goto(link);
  await press(page, 'Begin');
  await inState(page, 'QUESTIONING');
  await see(page, '<script>alert(6)</script>');
  await answer(page, '<script>alert(21)</script> I do not know <img src=x onerror=alert(22)>');
  await inState(page, 'FOLLOW UP');
  await answer(page, 'A lighthouse </p><script>alert(23)</script>.');
  await press(page, 'Read the report');
  await page.locator('details.question summary').first().click();
  await see(page, 'An ideal answer');
  for (const tag of ['img', 'iframe', 'svg', 'style', 'form[action]', 'meta[http-equiv]', 'main a[href^="javascript"]', 'main a[href*="attacker"]', 'main script']) {
    assert.equal(await page.locator(tag).count(), 0, `there is ${tag} on the page`);
  }
  await fine(page);
  await page.leave();
  const other = await visit(browser, host);
  await other.goto(`${host.url}/#${host.token('candidate', '<b>Eve</b>')}`);
  await see(other, 'Practise');
  await other.getByLabel('Bank', { exact: true }).selectOption('hostile');
  await see(other, '<iframe srcdoc');
  await fine(other);
  await other.leave();
});

test('a token, a bank of one\'s own choice, an exam with a time limit', async () => {
  const page = await visit(browser, host);
  await page.goto(host.url);
  await see(page, 'Your token, or the link of your invitation');
  await accessible(page);
  await page.locator('#token').fill('elios_wrong');
  await press(page, 'Enter');
  await see(page, /unknown or revoked/);
  await page.locator('#token').fill(host.token('candidate', 'Bob'));
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
  await fine(page);
  await page.leave();
});

test('marks, disputes and the saved report', async () => {
  const page = await visit(browser, host);
  await begin(page, '--count', '1', '--follow-ups', '0');
  await answer(page, 'Water is wet.');
  await see(page, 'is over');
  await page.locator('.objection summary').first().click();
  await press(page, 'I had it');
  await see(page, 'Your own mark: I had it');
  await press(page, 'Read the report');
  await see(page, /with your own marks/);
  await page.locator('details.question summary').first().click();
  await page.locator('.objection summary').first().click();
  await page.getByLabel('Why is the verdict wrong?').first().fill('I said it <b>otherwise</b>.');
  await page.getByRole('button', { name: 'Dispute' }).first().click();
  await see(page, 'I said it <b>otherwise</b>.');
  const saved = page.waitForEvent('download');
  await press(page, 'Save as Markdown');
  assert.match((await saved).suggestedFilename(), /^elios-.*\.md$/);
  await fine(page);
  await page.leave();
});

test('the host\'s overview', async () => {
  const candidate = await visit(browser, host);
  const { link } = host.invite('--bank', 'harbour', '--topics', 'locks', '--name', 'Grace');
  await candidate.goto(link);
  const page = await visit(browser, host);
  await page.goto(`${host.url}/#${host.token('host', 'Hosta')}`);
  const invitation = page.getByRole('region', { name: 'Invitations' }).getByRole('row', { name: /Grace/ });
  await invitation.getByText('open').waitFor();
  await press(candidate, 'Begin');
  await inState(candidate, 'QUESTIONING');
  await invitation.getByText('started at question 1').waitFor({ timeout: PATIENCE });
  await accessible(page);
  await page.getByRole('region', { name: 'Running interviews' }).getByRole('link', { name: 'Watch Grace' }).click();
  await inState(page, 'QUESTIONING');
  assert.equal(await page.getByRole('button', { name: 'Submit' }).count(), 0, 'who watches cannot answer');
  await answer(candidate, 'A lock lifts a ship.');
  await page.locator('mark').first().waitFor({ timeout: PATIENCE });
  await press(candidate, 'End the interview');
  await see(page, 'unprompted');
  await page.getByRole('link', { name: 'Home' }).click();
  await see(page, 'Complete interviews');
  await fine(page);
  await fine(candidate);
  await page.leave();
  await candidate.leave();
});

test('questions that are read aloud', async (t) => {
  const speaking = await Host.open('--speak').catch((e) => e);
  if (speaking instanceof Error) return t.skip(`there is nothing here that speaks: ${speaking.message}`);
  const page = await visit(browser, speaking);
  await page.goto(speaking.invite('--bank', 'harbour').link);
  await press(page, 'Begin');
  const sound = page.waitForResponse(/\/turns\/1\/audio$/);
  await press(page, 'Read aloud');
  assert.equal((await sound).status(), 200);
  await fine(page);
  await page.leave();
  return speaking.close();
});

test('the fold of the events is what the server says', async () => {
  const { apply, nothing } = await import(new URL('../../../internal/server/web/page/fold.js', import.meta.url));
  const token = host.token('host', 'Reader');
  const get = async (path) => (await fetch(`${host.url}/v1/${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();
  const { interviews } = await get('interviews');
  assert.ok(interviews.length > 5, 'the tests before have left interviews');
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

test('Markdown', async () => {
  const page = await visit(browser, host);
  await page.goto(host.url);
  const html = (source) => page.evaluate(async (text) => {
    const { markdown } = await import('/web/markdown.js');
    const { el } = await import('/web/dom.js');
    return el('div', null, markdown(text)).innerHTML;
  }, source);
  for (const [source, want] of [
    ['', ''],
    ['one\ntwo\n\nthree', '<p>one two</p><p>three</p>'],
    ['# A *b*', '<p class="heading">A <em>b</em></p>'],
    ['**a _b_** `c *d*` e*f*g h_i_j 2 * 3 * 4', '<p><strong>a <em>b</em></strong> <code>c *d*</code> e<em>f</em>g h_i_j 2 * 3 * 4</p>'],
    ['``a ` b`` \\*c\\* **d', '<p><code>a ` b</code> *c* **d</p>'],
    ['- a\n  more\n- b\n  - c\n  - d\n- e', '<ul><li>a more</li><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ul>'],
    ['3. a\n4) b\n\ntext', '<ol start="3"><li>a</li><li>b</li></ol><p>text</p>'],
    ['> a\n> b', '<blockquote><p>a b</p></blockquote>'],
    ['```go\nx := <-ch\n\n  y\n```\nz', '<pre tabindex="0"><code>x := &lt;-ch\n\n  y</code></pre><p>z</p>'],
    ['~~~\nnever closed', '<pre tabindex="0"><code>never closed</code></pre>'],
    ['    a\n\n    b\nc', '<pre tabindex="0"><code>a\n\nb</code></pre><p>c</p>'],
    ['[a *b*](https://x.example/y "t") ![alt](z)', '<p>a <em>b</em> (https://x.example/y) alt</p>'],
    ['<b>x</b> &amp; &lt;', '<p>&lt;b&gt;x&lt;/b&gt; &amp;amp; &amp;lt;</p>'],
    ['a < b and ch <- v', '<p>a &lt; b and ch &lt;- v</p>'],
  ]) assert.equal(await html(source), want, source);

  // Whatever comes, it ends, makes no other elements, and loses no word.
  const odd = await page.evaluate(async () => {
    const { markdown } = await import('/web/markdown.js');
    const { el } = await import('/web/dom.js');
    const signs = ['*', '**', '_', '`', '``', '```\n', '\n', '\n\n', '    ', '\t', '- ', '1. ', '> ', '# ', '[', '](', ')', '![', '\\', '<b>', ' '];
    const allowed = /^(P|PRE|CODE|UL|OL|LI|STRONG|EM|BLOCKQUOTE)$/;
    let seed = 1;
    const any = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
    for (let round = 0; round < 3000; round++) {
      const words = [];
      let text = '';
      for (let i = 0; i < 14; i++) {
        if (any(2)) words.push(`w${i}x`);
        text += any(2) || !words.length ? signs[any(signs.length)] : words.at(-1) + (any(2) ? ' ' : '');
      }
      const node = el('div', null, markdown(text));
      const strange = [...node.querySelectorAll('*')].find((e) => !allowed.test(e.tagName));
      if (strange) return `${JSON.stringify(text)} makes ${strange.tagName}`;
      const said = text.match(/w\d+x/g) ?? [];
      const lost = said.find((w) => !node.textContent.includes(w));
      // An image's address and a fence's language are no words of the text.
      if (lost && !text.includes('](') && !text.includes('```')) return `${JSON.stringify(text)} loses ${lost}`;
    }
    return '';
  });
  assert.equal(odd, '');
  await fine(page);
  await page.leave();
});
