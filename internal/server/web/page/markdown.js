import { el } from './dom.js';

// The small Markdown of banks as elements: paragraphs, headings, lists, quotes,
// code, emphasis. HTML in it stays text, a link is its words and its address to
// read, an image its description: a page that shows what strangers wrote leads
// nowhere and loads nothing.
export function markdown(source) {
  const lines = (source ?? '').split('\n');
  const out = [];
  let at = 0;
  while (at < lines.length) {
    const block = BLOCKS.find((b) => b.begins(lines[at]));
    const [node, next] = block.read(lines, at);
    if (node) out.push(node);
    at = next;
  }
  return out;
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const CODE = /^(?: {4}|\t)(.*)$/;
const blank = (line) => line.trim() === '';
const prose = (line) => !blank(line) && !FENCE.test(line) && !HEADING.test(line) && !ITEM.test(line) && !QUOTE.test(line);

const code = (text) => el('pre', { tabindex: 0 }, el('code', null, text));

// take gathers the lines from at on that fit.
function take(lines, at, fits) {
  const out = [];
  while (at < lines.length && fits(lines[at])) out.push(lines[at++]);
  return [out, at];
}

const BLOCKS = [
  { begins: blank, read: (lines, at) => [null, at + 1] },
  {
    begins: (line) => FENCE.test(line),
    read(lines, at) {
      const fence = lines[at].match(FENCE)[1];
      const [body, end] = take(lines, at + 1, (l) => !l.trim().startsWith(fence));
      return [code(body.join('\n')), end + 1];
    },
  },
  {
    begins: (line) => HEADING.test(line),
    read: (lines, at) => [el('p', { class: 'heading' }, inline(lines[at].match(HEADING)[1])), at + 1],
  },
  {
    begins: (line) => QUOTE.test(line),
    read(lines, at) {
      const [body, end] = take(lines, at, (l) => QUOTE.test(l));
      return [el('blockquote', null, el('p', null, inline(body.map((l) => l.match(QUOTE)[1]).join(' ')))), end];
    },
  },
  { begins: (line) => ITEM.test(line), read: readList },
  {
    begins: (line) => CODE.test(line),
    read(lines, at) {
      const [body, end] = take(lines, at, (l) => CODE.test(l) || blank(l));
      return [code(body.map((l) => l.match(CODE)?.[1] ?? '').join('\n').trimEnd()), end];
    },
  },
  {
    begins: () => true,
    read(lines, at) {
      const [rest, end] = take(lines, at + 1, prose);
      return [el('p', null, inline([lines[at], ...rest].map((l) => l.trim()).join(' '))), end];
    },
  },
];

// readList reads the items of one depth; deeper ones are lists inside of theirs.
function readList(lines, at) {
  const [, indent, sign] = lines[at].match(ITEM);
  const ordered = /\d/.test(sign);
  const list = el(ordered ? 'ol' : 'ul', ordered && parseInt(sign, 10) !== 1 ? { start: parseInt(sign, 10) } : null);
  while (at < lines.length) {
    const item = lines[at].match(ITEM);
    if (!item || item[1].length < indent.length || /\d/.test(item[2]) !== ordered) break;
    if (item[1].length > indent.length + 1 && list.lastElementChild) {
      const [inner, end] = readList(lines, at);
      list.lastElementChild.append(inner);
      at = end;
      continue;
    }
    const [more, end] = take(lines, at + 1, (l) => prose(l) && /^\s/.test(l));
    list.append(el('li', null, inline([item[3], ...more.map((l) => l.trim())].join(' '))));
    at = end;
  }
  return [list, at];
}

// The signs of a line, tried in this order at every place.
const INLINE = [
  [/^(`+)(.+?)\1(?!`)/, (m) => el('code', null, m[2].trim() || m[2])],
  [/^\\([!-/:-@[-`{-~])/, (m) => m[1]],
  [/^!\[([^\]]*)\]\([^)\s]*\)/, (m) => m[1]],
  [/^\[([^\]]+)\]\(([^)\s]+)[^)]*\)/, (m) => [...inline(m[1]), ' (', m[2], ')']],
  [/^(\*\*|__)(?=\S)(.+?\S|\S)\1/, (m) => el('strong', null, inline(m[2]))],
  [/^(\*)(?=[^\s*])(.+?[^\s*]|[^\s*])\1(?!\*)/, (m) => el('em', null, inline(m[2]))],
  [/^(_)(?=[^\s_])(.+?[^\s_]|[^\s_])\1(?!\w)/, (m, before) => (/\w$/.test(before) ? null : el('em', null, inline(m[2])))],
];

export function inline(text) {
  const out = [];
  let plain = '';
  while (text) {
    const next = text.search(/[`\\![*_]/);
    if (next < 0) break;
    plain += text.slice(0, next);
    text = text.slice(next);
    const [made, length] = sign(text, plain);
    if (made === null) {
      plain += text[0];
      text = text.slice(1);
      continue;
    }
    out.push(plain, ...[made].flat());
    plain = '';
    text = text.slice(length);
  }
  return [...out, plain + text].filter((p) => p !== '');
}

function sign(text, before) {
  for (const [pattern, make] of INLINE) {
    const m = text.match(pattern);
    const made = m && make(m, before);
    if (made) return [made, m[0].length];
  }
  return [null, 0];
}
