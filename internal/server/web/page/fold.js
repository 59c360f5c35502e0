// What an interview is, after its events: the same fold as the server's own
// (session.Snapshot.Apply), so that a page needs nothing but the events.

export const nothing = () => ({ state: 'IDLE', question: 0, questions: 0, turn: 0, turns: [], over: [], marks: [], disputes: [], last_seq: 0, ran_ms: 0 });

// apply gives the interview after an event. The one before stays as it was.
export function apply(before, event) {
  const s = { ...before, last_seq: event.seq };
  FOLD[event.type]?.(s, event.data ?? {}, Date.parse(event.at));
  return s;
}

// elapsed is how long it has run, without its pauses.
export function elapsed(s, now) {
  return s.ran_ms + (s.runs_since ? Math.max(0, now - s.runs_since) : 0);
}

export const turnOf = (s, n) => s.turns.find((t) => t.asked.turn === n);
export const current = (s) => turnOf(s, s.turn);
export const turnsOf = (s, question) => s.turns.filter((t) => t.asked.question === question);

function stop(s, at) {
  s.ran_ms = elapsed(s, at);
  s.runs_since = undefined;
}

// change replaces a turn by one with other fields.
function change(s, n, fields) {
  s.turns = s.turns.map((t) => (t.asked.turn === n ? { ...t, ...fields(t) } : t));
}

const FOLD = {
  created(s, d) {
    Object.assign(s, { id: d.id, settings: d.settings, bank: d.bank, evaluator: d.evaluator, questions: d.questions });
  },
  started(s, d, at) {
    s.started_at = at;
    if (!s.paused) s.runs_since = at;
  },
  state(s, d) {
    s.state = d.to;
    s.pending = undefined;
  },
  question(s, d) {
    s.turn = d.turn;
    s.question = d.question;
    s.limited = Boolean(d.deadline);
    s.turns = [...s.turns, { asked: d, answered: false, hints_given: [] }];
  },
  answer_accepted(s, d) {
    s.limited = false;
    change(s, d.turn, () => ({ answer: d.text, answered: true, timed_out: d.timed_out }));
  },
  skipped(s, d) {
    s.limited = false;
    change(s, d.turn, () => ({ skipped: true, answered: true, timed_out: d.timed_out }));
  },
  hint(s, d) {
    change(s, d.turn, (t) => ({ hints_given: [...t.hints_given, d.text] }));
  },
  paused(s, d, at) {
    stop(s, at);
    s.paused = true;
    s.why_paused = d.reason;
  },
  resumed(s, d, at) {
    s.paused = false;
    if (s.started_at) s.runs_since = at;
  },
  retried(s) {
    s.pending = undefined;
  },
  evaluator_changed(s, d) {
    s.evaluator = d.to;
    s.pending = undefined;
  },
  evaluation(s, d) {
    change(s, d.turn, () => ({ evaluation: d }));
  },
  evaluation_failed(s, d) {
    s.pending = { why: d.why, attempt: d.attempt, retry_at: d.retry_at };
  },
  question_over(s, d) {
    s.over = [...s.over, d];
  },
  completed(s, d, at) {
    stop(s, at);
    Object.assign(s, { completed: d, paused: false, pending: undefined, limited: false });
  },
  marked(s, d) {
    s.marks = [...s.marks.filter((m) => m.question !== d.question || m.point !== d.point), d];
  },
  disputed(s, d) {
    s.disputes = [...s.disputes, d];
  },
  regraded(s, d) {
    change(s, d.turn, (t) => ({ regrades: [...(t.regrades ?? []), d.evaluation] }));
  },
};
