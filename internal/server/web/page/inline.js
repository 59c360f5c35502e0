import { el } from './dom.js';

// The signs within a line of Markdown. It is read once from left to right, every
// look ahead or back has a bound, and elements nest to a bounded depth: whatever
// the line, it costs time in proportion to its length and no deep tree.

const OPEN = 12; // emphases that wait for their end
const RUN = 3; // asterisks in a row; more of them are no sign

const SIGN = /[`\\![*_]/g;
const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const IMAGE = /!\[([^[\]]{0,500})\]\([^)\s]{0,1000}\)/y;
const LINK = /\[([^[\]]{1,500})\]\(([^)\s]{1,1000})(?:\s[^)]{0,200})?\)/y;
const TICKS = /`+/y;
const STARS = /\*+|_+/y;

export function inline(text) {
  const line = new Line(text);
  while (line.step());
  return line.end();
}

class Line {
  constructor(text) {
    Object.assign(this, { text, at: 0, open: [{ nodes: [] }] });
  }

  // step takes what is plain up to the next sign, and the sign.
  step() {
    SIGN.lastIndex = this.at;
    const next = SIGN.exec(this.text)?.index ?? this.text.length;
    this.put(this.text.slice(this.at, next));
    this.at = next;
    if (next === this.text.length) return false;
    this.ticks() || this.words() || this.stars() || this.put(this.text[this.at++]);
    return true;
  }

  put(node) {
    if (node !== '') this.open.at(-1).nodes.push(node);
    return true;
  }

  // match takes what a pattern finds at this place.
  match(pattern) {
    pattern.lastIndex = this.at;
    const m = pattern.exec(this.text);
    if (m) this.at += m[0].length;
    return m;
  }

  // words are those of an escape, an image and a link. A link is its words and
  // its address to read, an image its description.
  words() {
    const escaped = this.match(ESCAPED) ?? this.match(IMAGE);
    if (escaped) return this.put(escaped[1]);
    const link = this.match(LINK);
    return link && [...inline(link[1]), ` (${link[2]})`].every((n) => this.put(n));
  }

  // ticks is code up to as many ticks as it began with.
  ticks() {
    const m = this.match(TICKS);
    if (!m) return false;
    const end = this.endOf(m[0].length);
    if (end < 0) return this.put(m[0]);
    const code = this.text.slice(this.at, end);
    this.at = end + m[0].length;
    return this.put(el('code', null, code.trim() || code));
  }

  // endOf finds the next run of n ticks. The runs are found once for the line, and
  // those behind are not looked at again.
  endOf(n) {
    this.runs ??= runsOf(this.text);
    const runs = this.runs.get(n) ?? { starts: [], next: 0 };
    while (runs.starts[runs.next] < this.at) runs.next++;
    return runs.starts[runs.next] ?? -1;
  }

  // stars open an emphasis, close one, or are plain.
  stars() {
    const before = this.text[this.at - 1] ?? ' ';
    const m = this.match(STARS);
    if (!m) return false;
    const after = this.text[this.at] ?? ' ';
    const can = sides(m[0][0], before, after);
    let left = m[0].length;
    if (left > RUN) return this.put(m[0]);
    const both = can.open && can.close;
    if (can.close) left = this.close(m[0][0], left, both);
    if (left > 0 && can.open) this.begin(m[0][0], left, both);
    else this.put(m[0].slice(0, left));
    return true;
  }

  begin(sign, n, both) {
    if (this.open.length > OPEN) this.flatten(0);
    this.open.push({ sign, n, both, nodes: [] });
  }

  // close ends the emphases that n signs end, and gives how many are left.
  close(sign, n, both) {
    while (n > 0) {
      const i = this.open.findLastIndex((o) => o.sign === sign && !crossed(o, n, both));
      if (i < 0) return n;
      this.flatten(i);
      const from = this.open.at(-1);
      const k = Math.min(from.n, n, 2);
      const made = el(k === 2 ? 'strong' : 'em', null, from.nodes);
      from.n -= k;
      n -= k;
      if (from.n > 0) from.nodes = [made];
      else {
        this.open.pop();
        this.put(made);
      }
    }
    return 0;
  }

  // flatten makes plain text of the signs that were opened after i and never closed.
  flatten(i) {
    const to = this.open[i].nodes;
    for (const o of this.open.splice(i + 1)) {
      to.push(o.sign.repeat(o.n));
      for (const node of o.nodes) to.push(node);
    }
  }

  end() {
    this.flatten(0);
    return this.open[0].nodes;
  }
}

// runsOf is where the runs of ticks begin, by their length.
function runsOf(text) {
  const runs = new Map();
  for (const { 0: { length }, index } of text.matchAll(/`+/g)) {
    if (!runs.has(length)) runs.set(length, { starts: [], next: 0 });
    runs.get(length).starts.push(index);
  }
  return runs;
}

// crossed is the rule of three of CommonMark: in *a**b* the two in the middle do
// not end what the first began.
const crossed = (o, n, both) => (o.both || both) && (o.n + n) % 3 === 0 && n % 3 !== 0;

// sides tells what a sign between two letters may do: none beside a space opens or
// closes on that side, and an underscore within a word does neither.
function sides(sign, before, after) {
  const open = /\S/.test(after), close = /\S/.test(before);
  if (sign === '*') return { open, close };
  return { open: open && !/\w/.test(before), close: close && !/\w/.test(after) };
}
