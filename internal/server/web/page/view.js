import { el } from './dom.js';
import { turnsOf } from './fold.js';
import { markdown } from './markdown.js';
import { evidenceOf, metPoint, soFar } from './points.js';
import { followUp, heading, hint, listen, overQuestion, turn } from './question.js';
import { count, doing, judge, sentence } from './words.js';

// What an interview looks like at each moment.

// viewQuestion is the question with everything that came of it so far. live is
// what an evaluation under way has found, marked in the answer as it comes.
export function viewQuestion({ s, whose, live }) {
  const turns = turnsOf(s, s.question);
  if (!turns.length) return viewIdle(s);
  const first = turns[0].asked;
  const last = turns.findLast((t) => t.evaluation)?.evaluation;
  const open = turns.findLast((t) => !t.answered);
  const about = [first.topic, first.level > 0 && `level ${first.level}`, judge(s.evaluator), s.settings?.mode === 'exam' && 'exam'].filter(Boolean).join(' · ');
  const found = (t) => (t.asked.turn === s.turn && s.state === 'EVALUATING' ? live?.met : t.evaluation?.met);
  return [
    el('div', { class: 'ask', id: 'ask', dir: 'auto' }, markdown(first.ask)),
    el('p', { class: 'about' }, about, ' ', listen(open?.asked ?? {})),
    turns.filter((t) => t.answered).map((t) => turn(t, whose, evidenceOf(found(t)), 'h2')),
    s.state !== 'EVALUATING' && soFar(last),
    open && open.asked.kind !== 'question' && el('div', { id: 'followup' }, followUp(open.asked)),
    open && (open.hints_given ?? []).map((h, i) => hint(h, i + 1)),
  ];
}

function viewIdle({ settings, bank, questions, evaluator }) {
  const mode = settings?.mode === 'exam' ? 'an exam: verdicts come at the end' : 'practice: verdicts and hints as you go';
  return [
    el('div', { class: 'ask' }, el('p', { dir: 'auto' }, bank?.title ?? '')),
    el('p', { class: 'about' }, `${count(questions, 'question')} · ${mode} · ${judge(evaluator)}`),
  ];
}

// viewOver is a question that is over, as it is read before the next one.
export function viewOver({ s, whose, own, act }, over) {
  const turns = turnsOf(s, over.question);
  const q = {
    number: over.question, ask: turns[0]?.asked.ask, turns, result: over.result, reveal: over.reveal,
    marks: s.marks.filter((m) => m.question === over.question), disputes: s.disputes.filter((d) => d.question === over.question),
  };
  return [heading(q, s.questions), overQuestion(q, whose, own && act)];
}

// viewProgress is what an evaluation has found so far. line tells who does what,
// and changes with the time.
export function viewProgress({ s, whose, live }, line) {
  if (s.pending) return viewPending(s);
  line.textContent = doing(s.evaluator, live, 0, whose);
  return [
    el('ul', { class: 'points' }, (live?.met ?? []).map(metPoint),
      live?.of > 0 && el('li', { class: 'next' }, el('span', { class: 'sign muted', 'aria-hidden': 'true' }, '○'), el('span', null, `point ${Math.min(live.done + 1, live.of)} of ${live.of}`))),
    live?.feedback && el('p', { class: 'feedback', dir: 'auto' }, live.feedback),
    line,
  ];
}

function viewPending({ pending, evaluator }) {
  let next = `elios waits for you: try again${judge(evaluator) === 'built-in evaluator' ? '' : ', go on with the built-in evaluator,'} or end the interview.`;
  if (pending.retry_at) next = `After attempt ${pending.attempt} elios tries again by itself.`;
  return el('div', { class: 'pending' }, el('p', null, el('strong', null, '! '), `Your answer is not judged yet: ${sentence(pending.why)}`), el('p', null, next),
    el('p', { class: 'why' }, 'The answer is safe on disk and no score is made up.'));
}
