import { el } from './dom.js';
import { inline } from './inline.js';

// Tables of Markdown: a line of names, a line of dashes, and the rows.

const DASHES = /^:?-+:?$/;
const sides = { ':-': 'start', '-:': 'end', '::': 'middle' };

function cells(line) {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((c) => c.trim().replaceAll('\\|', '|'));
}

export function beginsTable(line, below) {
  if (!line.includes('|') || !below?.includes('|')) return false;
  const dashes = cells(below);
  return dashes.every((c) => DASHES.test(c)) && dashes.length === cells(line).length;
}

export function readTable(lines, at) {
  const head = cells(lines[at]);
  const side = cells(lines[at + 1]).map((c) => sides[c[0] + c.at(-1)]);
  const row = (name, props) => (line) => {
    const all = cells(line);
    const last = all.splice(head.length - 1).join(' | '); // no word is lost where a row has too many
    return el('tr', null, head.map((_, i) => el(name, { ...props, class: side[i], dir: 'auto' }, inline(i < head.length - 1 ? all[i] ?? '' : last))));
  };
  let end = at + 2;
  while (lines[end]?.includes('|')) end++;
  const table = el('table', null, el('thead', null, row('th', { scope: 'col' })(lines[at])), el('tbody', null, lines.slice(at + 2, end).map(row('td'))));
  return [el('div', { class: 'wide', tabindex: 0 }, table), end];
}
