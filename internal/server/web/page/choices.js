import { el } from './dom.js';
import { current, turnsOf } from './fold.js';
import { judge } from './words.js';

// What can be done now in an interview: each { key, name, act }, the first of them
// what one most likely wants. A choice keeps its key while its words change, and so
// the focus of who has just used it.

export function choicesOf(iv) {
  const { s, link } = iv;
  if (link.over) return [gone(iv)];
  if (!iv.own) return [{ key: 'home', name: 'Back to the overview', href: '#/' }];
  const pause = { key: 'pause', name: 'Pause', act: () => iv.pause() };
  if (iv.reading.length) return [{ key: 'next', first: true, name: onward(iv), act: () => iv.next() }, !s.completed && (!s.paused || iv.held) && pause].filter(Boolean);
  if (s.paused) return [{ key: 'pause', first: true, name: 'Go on', act: () => iv.act('resume') }];
  if (s.state === 'IDLE') return [{ key: 'start', first: true, name: 'Begin', act: () => iv.act('start') }];
  if (s.state === 'EVALUATING') return judging(iv, pause);
  return [{ key: 'submit', first: true, name: 'Submit', form: 'editor', still: iv.editor.sent }, ...help(iv), { key: 'skip', name: 'Skip', act: () => iv.skip() }, pause];
}

// endOf is the way out, which stands apart from the rest.
export function endOf(iv) {
  const running = iv.own && !iv.link.over && !iv.s.completed && iv.s.started_at;
  return running ? [{ key: 'end', name: 'End the interview', act: () => iv.finish() }] : [];
}

function gone({ link }) {
  if (link.code === 4404) return { key: 'gone', first: true, name: 'Home', href: '#/' };
  if ([4401, 4403, 4410].includes(link.code)) return { key: 'gone', first: true, name: 'Enter another token', href: '#/door' };
  return { key: 'gone', first: true, name: 'Load the page again', act: () => location.reload() };
}

function onward({ s, reading }) {
  if (reading.length > 1) return 'Go on';
  return s.completed ? 'Read the report' : 'Next question';
}

// judging has Pause where Submit was: who presses once more must not have chosen
// another evaluator.
function judging({ s, act }, pause) {
  const builtin = () => confirm('Go on with the built-in evaluator? It judges this answer and all that follow. There is no way back in this interview.') && act('use_builtin');
  const retry = s.pending && !s.pending.retry_at && { key: 'retry', first: true, name: 'Try again', act: () => act('retry') };
  const other = judge(s.evaluator) !== 'built-in evaluator' && { key: 'builtin', name: 'Use the built-in evaluator', act: builtin };
  return [retry, pause, other].filter(Boolean);
}

function help({ s, act }) {
  const given = turnsOf(s, s.question).reduce((n, t) => n + t.hints_given.length, 0);
  const hints = current(s)?.asked.hints ?? 0;
  if (s.settings?.mode === 'exam' || given >= hints) return [];
  return [{ key: 'hint', name: `Hint ${given}/${hints}`, act: () => act('hint') }];
}

// button makes one. The second click of a double click is for what was there
// before, and does nothing.
export function button({ key, name, act, first, form, href, still }) {
  const look = first ? 'first' : 'quiet';
  const hint = first && el('small', { class: 'keys' }, 'ctrl+enter');
  if (href) return [el('a', { class: `button ${look}`, href, 'data-key': key }, name), hint];
  const click = (e) => {
    if (e.detail > 1) e.preventDefault();
    else act?.();
  };
  return [el('button', { type: form ? 'submit' : 'button', form, class: look, disabled: still, 'data-key': key, on: { click } }, name), hint];
}
