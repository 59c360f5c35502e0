import { el } from './dom.js';

// marked is an answer with its evidence marked in place. The evidence names bytes
// of the answer in UTF-8; where pieces overlap, each stretch is marked once.
export function marked(text, evidence) {
  const bytes = new TextEncoder().encode(text);
  const utf8 = new TextDecoder();
  const cuts = new Set([0, bytes.length]);
  for (const e of evidence) {
    cuts.add(Math.min(e.start, bytes.length));
    cuts.add(Math.min(e.end, bytes.length));
  }
  const at = [...cuts].sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const piece = utf8.decode(bytes.slice(at[i], at[i + 1]));
    const here = evidence.filter((e) => e.start <= at[i] && e.end >= at[i + 1]);
    out.push(here.length ? el('mark', { title: here.map((e) => e.what).join(' · ') }, piece) : piece);
  }
  return el('p', { class: 'answer', dir: 'auto' }, out);
}

// ofPoints is the evidence of points for the answer to a turn.
export function ofPoints(points, turn) {
  return points.flatMap((p) => (p.evidence ?? []).filter((e) => e.answer === turn).map((e) => ({ ...e, what: p.what })));
}
