import { el } from './dom.js';
import { count, feedbackOf, judge, pointName, range, scoreOf, verdictOf, whyOf, whole } from './words.js';

// Points as they are shown: while a question is open the met ones, when it is
// over all of them.

const sign = (v) => el('span', { class: `sign ${v.kind}` }, el('span', { 'aria-hidden': 'true' }, v.sign), el('span', { class: 'unseen' }, `${v.word}:`));
const quote = (e) => el('q', { dir: 'auto' }, e.quote.replace(/\s+/g, ' '));
const levelWords = (level) => el('small', null, ` level ${level} of 5`);

// metPoint is a point met so far, with the candidate's own words.
export function metPoint(p) {
  const dimension = p.level !== undefined;
  return el('li', null, sign(verdictOf(p.status)), el('div', null,
    el('span', { dir: 'auto' }, pointName(p.point, p.text, dimension)), dimension && levelWords(p.level),
    p.evidence?.length > 0 && el('p', { class: 'quote' }, quote(p.evidence[0]))));
}

// evidenceOf is what may be marked in an answer of points met so far.
export const evidenceOf = (met) => (met ?? []).map((p) => ({ what: pointName(p.point, p.text, p.level !== undefined), evidence: p.evidence }));

// soFar is the score after an evaluation, what is met and how much is open. An
// exam has none of it.
export function soFar(evaluation) {
  if (!evaluation?.score) return null;
  const score = scoreOf(evaluation.score);
  const doubt = evaluation.uncertain;
  return el('div', { class: 'sofar' },
    el('p', { class: 'tally' }, el('small', null, 'Score so far '), el('strong', null, score.text), evaluation.open > 0 && el('small', null, ` · ${count(evaluation.open, 'point')} open`)),
    el('ul', { class: 'points' }, (evaluation.met ?? []).map(metPoint)),
    doubt && el('p', { class: 'weak' }, `Uncertain: on what was said so far the ${judge(evaluation.by)} comes to ${whole(doubt.judged)}, the ${judge(doubt.by)} to ${whole(doubt.score)}.`),
    feedback(evaluation.feedback));
}

export function feedback(text) {
  const words = feedbackOf(text);
  return words && el('p', { class: 'feedback', dir: 'auto' }, words);
}

export function scoreLine(score, skipped) {
  const { text, band } = scoreOf(score);
  return el('span', { class: `score ${band}` }, skipped && el('small', null, 'skipped '), text, band && ` ${band}`);
}

// change is "62 → 81" where the follow-ups moved the score.
export function change(result) {
  const { unprompted, final } = result;
  if (result.skipped || !final.judged || !unprompted.judged || whole(unprompted.value) === whole(final.value)) return scoreLine(final, result.skipped);
  return [el('small', null, `${range(unprompted.value, unprompted.upper)} → `), scoreLine(final)];
}

// revealed is a point of a question that is over. remark, where the candidate
// may object, makes what they can do about it.
export function revealed(p, remark) {
  const v = verdictOf(p.verdict.status);
  const dimension = p.anchors && Object.keys(p.anchors).length > 0;
  const level = p.verdict.level;
  return el('li', null, sign(v), el('div', null,
    el('span', { dir: 'auto' }, pointName(p.id, p.text, dimension)),
    level !== undefined && p.verdict.status !== 'cannot_assess' && levelWords(level),
    p.must && el('small', null, ' must'),
    whyOf(p.verdict) && el('p', { class: 'why' }, whyOf(p.verdict)),
    (p.verdict.evidence ?? []).map((e) => el('p', { class: 'quote' }, quote(e))),
    dimension && anchors(p), remark && remark(p)));
}

// anchors say what the level of a dimension means, and what the next would take.
function anchors(p) {
  const assessed = p.verdict.status !== 'cannot_assess' && p.verdict.level !== undefined;
  const level = assessed ? p.verdict.level : 5;
  const levels = Object.keys(p.anchors).map(Number);
  const here = Math.max(-1, ...levels.filter((l) => l <= level));
  const next = Math.min(Infinity, ...levels.filter((l) => l > level && l >= 3));
  return [
    here >= 0 && el('p', { class: 'why' }, `level ${here}: ${p.anchors[here]}`),
    next < Infinity && el('p', { class: 'why' }, `for level ${next}: ${p.anchors[next]}`),
  ];
}

// held is a misconception with the words that hold it.
export function held(p) {
  const back = p.verdict.status === 'missed';
  return el('li', null, sign({ sign: '✗', word: back ? 'belief, taken back' : 'belief', kind: back ? 'muted' : 'bad' }), el('div', null,
    back ? 'belief, taken back: ' : 'belief: ', el('span', { dir: 'auto' }, p.text),
    (p.verdict.evidence ?? []).map((e) => el('p', { class: 'quote' }, quote(e)))));
}
