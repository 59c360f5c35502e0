import { el, say } from './dom.js';
import { marked, ofPoints } from './evidence.js';
import { markdown } from './markdown.js';
import { change, feedback, held, revealed } from './points.js';
import { ask, inWords } from './server.js';
import { capital, pointName, range, thousands, tooMany } from './words.js';

// A question that is over: what was asked and answered, with the evidence marked
// in the answers, every point with its verdict, and the ideal answer.

// overQuestion shows q = { ask, topic, level, turns, result, reveal, marks, disputes }.
// act, where the candidate may mark and dispute, sends it: act(type, data). whose is
// 'your', or 'the' for those who watch.
export function overQuestion(q, whose, act) {
  const points = q.reveal ? [...q.reveal.points, ...(q.reveal.own ?? []), ...(q.reveal.misconceptions ?? [])] : [];
  const evidence = points.map((p) => ({ what: pointName(p.id, p.text, p.anchors), evidence: p.verdict.evidence }));
  return [
    el('div', { class: 'ask', dir: 'auto' }, markdown(q.ask)),
    q.turns.map((t) => turn(t, whose, evidence)),
    q.reveal && reveal(q, act),
  ];
}

// turn is what was asked and said, with evidence { what, evidence } of points marked
// in it.
export function turn(t, whose, evidence, heading = 'h3') {
  return el('div', { class: 'turn' },
    t.asked.kind !== 'question' && followUp(t.asked),
    (t.hints_given ?? []).map((h, i) => hint(h, i + 1)),
    t.skipped && el('p', { class: 'why' }, t.timed_out ? 'Skipped: the time was over.' : 'Skipped.'),
    t.answer && el('div', { class: 'said' }, el(heading, { class: 'of' }, `${capital(whose)} answer${t.timed_out ? ', handed in when the time was over' : ''}`), marked(t.answer, ofPoints(evidence, t.asked.turn))),
    (t.regrades ?? []).map((r) => el('p', { class: 'why' }, `Judged again by ${r.by.model || r.by.name}: ${range(r.score.value, r.score.upper)}`)));
}

export const followUp = (asked) => el('div', { class: 'followup' },
  el('p', { class: 'number' }, `↳ ${asked.number} of ${asked.max_follow_ups}`), el('div', { class: 'ask', dir: 'auto' }, markdown(asked.ask)));

// listen reads a turn aloud, where the host has it so. Pressed again, it is silent.
export function listen(asked) {
  if (!asked.audio) return null;
  let player;
  const words = (text) => { node.textContent = text; };
  const quiet = () => {
    player?.pause();
    if (player) URL.revokeObjectURL(player.src);
    player = undefined;
    words('Read aloud');
  };
  const toggle = async () => {
    if (player) return quiet();
    player = new Audio();
    words('Stop reading');
    try {
      const sound = await (await ask(asked.audio.path.replace(/^\//, ''))).blob();
      if (!player) return;
      player.src = URL.createObjectURL(sound);
      player.onended = quiet;
      await player.play();
    } catch (e) {
      quiet();
      say(inWords(e));
      words('Read aloud: it did not work, try again');
    }
  };
  const node = el('button', { type: 'button', class: 'quiet', 'data-key': 'listen', on: { click: toggle } }, 'Read aloud');
  return node;
}

export const hint = (text, n) => el('div', { class: 'hint' }, el('p', { class: 'number' }, `hint ${n}`), el('div', { dir: 'auto' }, markdown(text)));

function reveal(q, act) {
  const r = q.reveal;
  const remark = act && ((p) => objection(q, p, act));
  return el('div', { class: 'reveal' },
    el('h3', null, hasLevels(r.points) ? 'What was heard' : 'Key points'), el('ul', { class: 'points' }, r.points.map((p) => revealed(p, remark)), (r.misconceptions ?? []).map(held)),
    r.own?.length > 0 && [el('h3', null, 'Beyond the question, not in its score'), el('ul', { class: 'points' }, r.own.map((p) => revealed(p)))],
    feedback(r.feedback),
    r.ideal && [el('h3', null, 'An ideal answer'), el('div', { class: 'ideal', dir: 'auto' }, markdown(r.ideal))],
    r.references?.length > 0 && [el('h3', null, 'Read on'), el('ul', null, r.references.map((ref) => el('li', { dir: 'auto' }, ref.title, ref.url && el('small', null, ` ${ref.url}`))))]);
}

const hasLevels = (points) => Object.keys(points[0]?.anchors ?? {}).length > 0;

const OWN = [['met', 'I had it'], ['partial', 'partly'], ['missed', 'I missed it']];

// objection is the candidate's own verdict and the reason for it. Neither
// touches the score; both stand in the report.
function objection(q, p, act) {
  const mark = (q.marks ?? []).find((m) => m.point === p.id);
  const said = (q.disputes ?? []).filter((d) => d.point === p.id);
  const number = q.number;
  const key = `${number} ${p.id}`;
  const form = disputeForm(key, (reason) => act('dispute', { question: number, point: p.id, reason }));
  return [
    mark && el('p', { class: 'why' }, `Your own mark: ${OWN.find(([status]) => status === mark.status)?.[1] ?? mark.status}`),
    said.map((d) => el('p', { class: 'why' }, 'You disputed it: ', el('span', { dir: 'auto' }, d.reason))),
    el('details', { class: 'objection', 'data-key': key },
      el('summary', { 'data-key': `${key} differs` }, 'I see it differently', el('span', { class: 'unseen' }, `: ${pointName(p.id, p.text, p.anchors)}`)),
      el('p', null, OWN.map(([status, words]) => el('button', {
        type: 'button', class: 'quiet', 'data-key': `${key} ${status}`, 'aria-pressed': String(mark?.status === status), on: { click: () => act('mark', { question: number, point: p.id, status }) },
      }, words))),
      form),
  ];
}

const LONGEST = 2000; // characters of a reason, as the server counts them

// disputeForm takes the reason of a dispute; send tells whether it was taken. A browser
// would cut what is pasted and say nothing, so the length is told here.
function disputeForm(key, send) {
  const tooLong = el('p', { class: 'note', id: `${key} long`.replace(/\s/g, '-'), role: 'alert' });
  const reason = el('input', { type: 'text', dir: 'auto', 'data-key': `${key} reason`, 'aria-label': 'Why is the verdict wrong?', 'aria-describedby': tooLong.id, placeholder: 'Why is it wrong?' });
  const fits = () => {
    const over = tooMany(reason.value.trim(), LONGEST);
    tooLong.textContent = over ? `${thousands(over)} characters too many; nothing is cut by itself.` : '';
    return !over;
  };
  const submit = async (e) => {
    e.preventDefault();
    const why = reason.value.trim();
    if (!why || !fits()) return reason.focus();
    reason.value = '';
    if (!(await send(why))) reason.value = why;
  };
  return el('form', { on: { submit, input: fits } }, reason, el('button', { class: 'quiet', 'data-key': `${key} dispute` }, 'Dispute'), tooLong);
}

// heading names a question that is over and its score.
export const heading = (q, of) => el('div', { class: 'headline' },
  el('h2', null, `Question ${q.number} of ${of} is over`), el('p', null, change(q.result)));
