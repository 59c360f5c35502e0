import { el } from './dom.js';
import { inline } from './inline.js';
import { beginsTable, readTable } from './table.js';

// The small Markdown of banks as elements: paragraphs, headings, lists, quotes,
// code, tables, emphasis. HTML in it stays text, a link is its words and its address to
// read, an image its description: a page that shows what strangers wrote leads
// nowhere and loads nothing.
export function markdown(source) {
  const lines = (source ?? '').split('\n');
  const out = [];
  let at = 0;
  while (at < lines.length) {
    const block = BLOCKS.find((b) => b.begins(lines[at], lines[at + 1]));
    const [node, next] = block.read(lines, at);
    if (node) out.push(node);
    at = next;
  }
  return out;
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*)$/;
const ITEM = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const CODE = /^(?: {4}|\t)(.*)$/;
const blank = (line) => line.trim() === '';
const prose = (line) => !blank(line) && !FENCE.test(line) && !HEADING.test(line) && !ITEM.test(line) && !QUOTE.test(line);

// untilSigns leaves out the # with which a heading may end.
function untilSigns(text) {
  let end = text.length;
  while (' #'.includes(text[end - 1] ?? '.')) end--;
  return text.slice(0, end);
}

const code = (text) => el('pre', { tabindex: 0 }, el('code', null, text));

// take gathers the lines from at on that fit.
function take(lines, at, fits) {
  const out = [];
  while (at < lines.length && fits(lines[at], at)) out.push(lines[at++]);
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
    read: (lines, at) => [el('p', { class: 'heading' }, inline(untilSigns(lines[at].match(HEADING)[1]))), at + 1],
  },
  {
    begins: (line) => QUOTE.test(line),
    read(lines, at) {
      const [body, end] = take(lines, at, (l) => QUOTE.test(l));
      return [el('blockquote', null, el('p', null, inline(body.map((l) => l.match(QUOTE)[1]).join(' ')))), end];
    },
  },
  { begins: beginsTable, read: readTable },
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
      const [rest, end] = take(lines, at + 1, (l, i) => prose(l) && !beginsTable(l, lines[i + 1]));
      return [el('p', null, inline([lines[at], ...rest].map((l) => l.trim()).join(' '))), end];
    },
  },
];

// readList reads the items of one depth; deeper ones are lists inside of theirs,
// and those beyond the deepest stay with it.
const DEEPEST = 6;
function readList(lines, at, depth = 1) {
  const [, indent, sign] = lines[at].match(ITEM);
  const ordered = /\d/.test(sign);
  const list = el(ordered ? 'ol' : 'ul', ordered && parseInt(sign, 10) !== 1 ? { start: parseInt(sign, 10) } : null);
  while (at < lines.length) {
    const item = lines[at].match(ITEM);
    if (!item || item[1].length < indent.length) break;
    if (item[1].length > indent.length + 1 && list.lastElementChild && depth < DEEPEST) {
      const [inner, end] = readList(lines, at, depth + 1);
      list.lastElementChild.append(inner);
      at = end;
      continue;
    }
    if (/\d/.test(item[2]) !== ordered) break;
    const [more, end] = take(lines, at + 1, (l) => prose(l) && /^\s/.test(l));
    list.append(el('li', null, inline([item[3], ...more.map((l) => l.trim())].join(' '))));
    at = end;
  }
  return [list, at];
}
