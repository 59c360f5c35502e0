// The Markdown of banks, in the browser that shows it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './host.mjs';
import { stage } from './steps.mjs';

const on = stage();

test('each sign', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.url);
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
    ['*a**b* ***c*** **d*e*** _f_g_ *h*i* *', '<p><em>a**b</em> <em><strong>c</strong></em> <strong>d<em>e</em></strong> <em>f_g</em> <em>h</em>i* *</p>'],
    ['1. a\n   - b\n2. c', '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>'],
    ['# a #\n## b## #', '<p class="heading">a</p><p class="heading">b</p>'],
    ['text\n| a | *b* |\n|---|--:|\n| `c` | d\\|e | f |\n| g |\nx', '<p>text</p><div class="wide" tabindex="0"><table><thead><tr><th scope="col" dir="auto">a</th><th scope="col" class="end" dir="auto"><em>b</em></th></tr></thead><tbody><tr><td dir="auto"><code>c</code></td><td class="end" dir="auto">d|e | f</td></tr><tr><td dir="auto">g</td><td class="end" dir="auto"></td></tr></tbody></table></div><p>x</p>'],
    ['a | b\nc | d', '<p>a | b c | d</p>'],
  ]) assert.equal(await html(source), want, source);

  await page.leave();
});

test('whatever comes, it ends, makes no other elements, and loses no word', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.url);
  const odd = await page.evaluate(async () => {
    const { markdown } = await import('/web/markdown.js');
    const { el } = await import('/web/dom.js');
    const signs = ['*', '**', '_', '`', '``', '```\n', '\n', '\n\n', '    ', '\t', '- ', '1. ', '> ', '# ', '[', '](', ')', '![', '\\', '<b>', ' ', '|', '|---|\n'];
    const allowed = /^(P|PRE|CODE|UL|OL|LI|STRONG|EM|BLOCKQUOTE|DIV|TABLE|THEAD|TBODY|TR|TH|TD)$/;
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
  await page.leave();
});

test('a line of 100 kB costs what its length does, and no deep tree', async () => {
  const page = await visit(on.browser, on.host);
  await page.goto(on.host.url);
  const took = await page.evaluate(async () => {
    const { markdown } = await import('/web/markdown.js');
    const { el } = await import('/web/dom.js');
    const times = {};
    const depth = (n) => { let most = 0; const walk = (e, d) => { most = Math.max(most, d); for (const c of e.children) walk(c, d + 1); }; walk(n, 0); return most; };
    for (const piece of ['*', '_', '**', '*a', 'a*', '*a ', '**a ', '*a **b ', '_a_', '`', '``a`', '[', '[a', '[a](', '![', '](', '\\', '# ', '#', ' ', '- ', '\n- ', '\n> ', '|', '|a', 'a|b\n-|-\n', '\n', '<', '~~~\n', 'word ', '\u0301']) {
      for (const text of [piece, `${piece}x`, `# ${piece}`].map((p) => p.repeat(Math.ceil(100000 / p.length)))) {
        const from = performance.now();
        const node = el('div', null, markdown(text));
        times[JSON.stringify(piece)] = Math.max(times[JSON.stringify(piece)] ?? 0, Math.round(performance.now() - from));
        if (depth(node) > 40) return `${JSON.stringify(piece)} makes a tree of ${depth(node)}`;
      }
    }
    const nested = ['*a '.repeat(25000) + ' a*'.repeat(25000), Array.from({ length: 400 }, (_, i) => `${' '.repeat(2 * i)}- a`).join('\n'), `${'`'.repeat(1000)} ${'` '.repeat(50000)}`];
    for (const text of nested) if (depth(el('div', null, markdown(text))) > 40) return 'a deep tree';
    return times;
  });
  assert.equal(typeof took, 'object', String(took));
  console.log(`the slowest of 100 kB: ${Object.entries(took).sort(([, a], [, b]) => b - a).slice(0, 5).map(([p, ms]) => `${p} ${ms} ms`).join(', ')}`);
  await page.leave();
});
