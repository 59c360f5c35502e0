import { draw, el, say, show } from './dom.js';
import { Editor } from './editor.js';
import { apply, current, elapsed, nothing, turnOf, turnsOf } from './fold.js';
import { Link } from './link.js';
import { markdown } from './markdown.js';
import { metPoint, soFar } from './points.js';
import { followUp, heading, hint, listen, overQuestion, turn } from './question.js';
import { newID, now } from './server.js';
import { connectionWords, notice } from './status.js';
import { count, doing, judge, mmss, STATES, stateWords } from './words.js';

// The interview, as the candidate has it or a host watches it.
export class Interview {
  // own tells whether this token may answer; else it watches.
  constructor(id, own, leave) {
    Object.assign(this, { id, own, whose: own ? 'your' : 'the', leave, s: nothing(), reading: [], live: null, notes: '', settled: false });
    this.editor = new Editor(id, { submit: (turn, text) => this.answer(turn, text), draft: (turn, text) => this.link.send('draft', { turn, text }) });
    this.build();
    this.link = new Link(id, { heard: (m) => this.hear(m), changed: () => this.later(), forgotten: () => this.forget() });
    this.editor.link = this.link;
    this.clock = setInterval(() => this.tick(), 500);
  }

  close() {
    this.editor.flush();
    this.link.close();
    clearInterval(this.clock);
    cancelAnimationFrame(this.frame);
    this.closed = true;
    notice('');
  }

  forget() {
    Object.assign(this, { s: nothing(), reading: [], live: null, settled: false });
  }

  build() {
    this.part = Object.fromEntries(['states', 'where', 'question', 'progress', 'choices', 'note'].map((name) => [name, el('div', { class: name })]));
    this.part.states = el('ol', { class: 'states', 'aria-label': 'State of the interview' });
    this.title = el('h1', { class: 'unseen' }, 'Interview');
    this.part.note.setAttribute('role', 'alert');
    const { states, where, question, progress, choices, note } = this.part;
    show('Interview', el('div', { class: 'top' }, states, where), this.title, question, progress, this.own && this.editor.form, note, choices);
  }

  hear(m) {
    if (m.seq) return this.event(m);
    if (m.type === 'welcome') return this.welcome(m.data);
    if (m.type === 'evaluating') this.live = { ...this.live, ...m.data, since: performance.now() - m.data.elapsed_ms };
    if (m.type === 'partial') this.live = { ...this.live, ...m.data };
    if (m.type === 'timer') this.timer = { ...m.data, at: performance.now() };
    if (m.type === 'error') this.note = m.data.message;
    this.later();
  }

  welcome(data) {
    this.end = data.last_seq;
    this.draft = data.snapshot && { turn: data.snapshot.turn, text: data.snapshot.draft ?? '' };
    if (this.end === this.s.last_seq) this.settle();
  }

  // settle is called when the page has caught up with what happened before.
  settle() {
    if (!this.settled) this.editor.begin(this.s.turn, this.draft?.text ?? '');
    this.settled = true;
    this.later();
  }

  event(m) {
    const before = this.s;
    this.s = apply(before, m);
    if (this.settled) this.tell(m, before);
    if (m.type === 'state' || m.type === 'retried' || m.type === 'evaluator_changed') this.live = null;
    if (m.type === 'question') this.timer = null;
    if (!this.settled && this.s.last_seq >= (this.end ?? Infinity)) this.settle();
    this.later();
  }

  // tell says what has just happened to those who do not see it, and keeps a
  // question that is over on the screen until it has been read.
  tell(m, before) {
    const s = this.s;
    switch (m.type) {
      case 'question_over':
        if (m.data.reveal && this.own) this.reading.push(m.data);
        break;
      case 'question':
        this.editor.begin(s.turn, '');
        say(s.state === 'FOLLOW_UP' ? 'A follow-up.' : `Question ${s.question} of ${s.questions}.`);
        if (this.reading.length && s.limited && this.own && !s.paused) this.hold();
        break;
      case 'answer_accepted':
        if (turnOf(before, m.data.turn)) this.note = this.editor.overtaken(m.data.turn, m.data.text);
        say('Your answer is safe and being judged.');
        break;
      case 'evaluation':
        if (m.data.score) say(`${count((m.data.met ?? []).length, 'point')} met, ${m.data.open} open.`);
        break;
      case 'evaluation_failed':
        say('Your answer is not judged yet.');
        break;
      case 'completed':
        say('The interview is complete.');
    }
  }

  // hold stops the next question's clock while the one that is over is read.
  hold() {
    this.held = true;
    this.act('pause');
  }

  next() {
    this.reading.shift();
    if (!this.reading.length && this.held) {
      this.held = false;
      this.act('resume');
    }
    if (!this.reading.length && this.s.completed) return this.leave(this.id);
    this.later();
    requestAnimationFrame(() => (this.reading.length ? this.title.focus() : this.editor.focus()));
  }

  async act(type, data) {
    this.note = '';
    try {
      await this.link.send(type, data);
    } catch (e) {
      this.note = capitalised(e.message);
      say(this.note);
    }
    this.later();
  }

  async answer(turn, text) {
    this.note = '';
    this.later();
    try {
      await this.link.send('answer', { turn, text }, newID());
    } catch (e) {
      this.editor.refused();
      if (e.code !== 'stale_turn') this.note = capitalised(e.message);
    }
    this.later();
  }

  // later draws once for all that comes before the next frame.
  later() {
    if (this.closed || this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.closed) this.draw();
    });
  }

  draw() {
    const { s } = this;
    notice(connectionWords(this.link, s.state === 'EVALUATING'), this.link.up);
    if (!this.settled) return;
    if (s.completed && !this.reading.length) {
      this.leave(this.id);
      return;
    }
    const over = this.reading[0];
    this.drawTop();
    draw(this.title, [over?.question, s.question], () => (over ? `Question ${over.question} of ${s.questions} is over` : `Question ${s.question} of ${s.questions}`));
    draw(this.part.question, [over, over && [s.marks, s.disputes], !over && [s.state, s.turns, s.question]], () => (over ? this.viewOver(over) : this.viewQuestion()));
    draw(this.part.progress, [!over && s.state === 'EVALUATING' && [s.pending, this.live?.met, this.live?.feedback, this.live?.done, this.live?.of, s.turn]], () => !over && this.viewProgress());
    draw(this.part.note, [this.note], () => this.note && el('p', { class: 'note' }, this.note));
    draw(this.part.choices, this.choices().map((c) => c[0]), () => el('p', { class: 'buttons' }, this.choices().map(button)));
    const answering = !over && ['QUESTIONING', 'FOLLOW_UP'].includes(s.state);
    this.editor.draw({ shown: answering, paused: s.paused && !this.held, turn: s.turn, sent: this.link.unsentOf(s.turn) });
    this.tick();
  }

  drawTop() {
    const { s } = this;
    draw(this.part.states, [s.state], () => STATES.map((name) => el('li', { 'aria-current': name === s.state && 'step' }, stateWords(name))));
    document.title = `${stateWords(s.state)} – elios`;
  }

  // tick draws what changes with the time alone.
  tick() {
    const { s } = this;
    if (this.closed || !this.settled) return;
    notice(connectionWords(this.link, s.state === 'EVALUATING'), this.link.up);
    const left = this.remaining();
    const time = left === null ? mmss(elapsed(s, now())) : `${mmss(left)} left`;
    const where = [s.bank?.title, s.questions > 0 && `${s.question} of ${s.questions}`, s.started_at && time, s.paused && !this.held && 'paused'].filter(Boolean).join(' · ');
    draw(this.part.where, [where, left !== null && left < 30000], () => el('p', { class: left !== null && left < 30000 && 'weak' }, where));
    if (this.doingLine?.isConnected) this.doingLine.textContent = doing(s.evaluator, this.live, Math.floor((performance.now() - (this.live?.since ?? performance.now())) / 1000), this.whose);
    this.editor.save();
  }

  remaining() {
    const t = this.timer;
    if (!t || !this.s.limited || t.turn !== this.s.turn) return null;
    return Math.max(0, t.remaining_ms - (t.paused ? 0 : performance.now() - t.at));
  }

  viewOver(over) {
    const { s } = this;
    const turns = turnsOf(s, over.question);
    const q = {
      number: over.question, ask: turns[0]?.asked.ask, turns, result: over.result, reveal: over.reveal,
      marks: s.marks.filter((m) => m.question === over.question), disputes: s.disputes.filter((d) => d.question === over.question),
    };
    return [heading(q, s.questions), overQuestion(q, this.whose, this.own && ((type, data) => this.act(type, data)))];
  }

  // viewQuestion is the question with everything that came of it so far.
  viewQuestion() {
    const { s } = this;
    const turns = turnsOf(s, s.question);
    if (!turns.length) return this.viewIdle();
    const first = turns[0].asked;
    const last = turns.findLast((t) => t.evaluation)?.evaluation;
    const earlier = turns.filter((t) => t.answered);
    const open = turns.findLast((t) => !t.answered);
    const about = [first.topic, first.level > 0 && `level ${first.level}`, judge(s.evaluator), s.settings?.mode === 'exam' && 'exam'].filter(Boolean).join(' · ');
    return [
      el('div', { class: 'ask', id: 'ask', dir: 'auto' }, markdown(first.ask)),
      el('p', { class: 'about' }, about, ' ', listen(open?.asked ?? {})),
      earlier.map((t) => turn(t, this.whose)),
      s.state !== 'EVALUATING' && soFar(last),
      open && open.asked.kind !== 'question' && el('div', { id: 'followup' }, followUp(open.asked)),
      open && (open.hints_given ?? []).map((h, i) => hint(h, i + 1)),
    ];
  }

  viewIdle() {
    const { settings, bank, questions, evaluator } = this.s;
    return el('div', { class: 'ask' }, el('p', null, `${bank?.title ?? ''}: ${count(questions, 'question')}, ${settings?.mode === 'exam' ? 'an exam: verdicts come at the end' : 'practice'}. The ${judge(evaluator)} judges.`));
  }

  viewProgress() {
    const { s, live } = this;
    if (s.state !== 'EVALUATING') return null;
    if (s.pending) return this.viewPending();
    this.doingLine = el('p', { class: 'doing' }, doing(s.evaluator, live, 0, this.whose));
    return [
      el('ul', { class: 'points' }, (live?.met ?? []).map(metPoint)),
      live?.feedback && el('p', { class: 'feedback', dir: 'auto' }, live.feedback),
      live?.of > 0 && el('p', { class: 'doing' }, `point ${Math.min(live.done + 1, live.of)} of ${live.of}`),
      this.doingLine,
    ];
  }

  viewPending() {
    const { pending, evaluator } = this.s;
    let next = `elios waits for you: try again${judge(evaluator) === 'built-in evaluator' ? '' : ', go on with the built-in evaluator,'} or end the interview.`;
    if (pending.retry_at) next = `After attempt ${pending.attempt} elios tries again by itself.`;
    return el('div', { class: 'pending' }, el('p', null, el('strong', null, '! '), `Your answer is not judged yet: ${pending.why}`), el('p', null, next),
      el('p', { class: 'why' }, 'The answer is safe on disk and no score is made up.'));
  }

  // choices are what can be done now: a name, what it does, and whether it is
  // what one most likely wants.
  choices() {
    const { s, own } = this;
    if (!own) return [];
    if (this.reading.length) {
      return [[s.completed && this.reading.length === 1 ? 'Read the report' : this.reading.length === 1 && !s.completed ? 'Next question' : 'Go on', () => this.next(), true]];
    }
    const end = ['End the interview', () => confirm('End the interview? What is not answered stays unanswered.') && this.act('end')];
    if (s.paused) return [['Go on', () => this.act('resume'), true], end];
    const pause = ['Pause', () => { this.editor.flush(); this.act('pause'); }];
    switch (s.state) {
      case 'IDLE':
        return [['Begin', () => this.act('start'), true]];
      case 'EVALUATING':
        return [
          s.pending && !s.pending.retry_at && ['Try again', () => this.act('retry'), true],
          judge(s.evaluator) !== 'built-in evaluator' && ['Use the built-in evaluator', () => this.act('use_builtin')], pause, end,
        ].filter(Boolean);
    }
    const given = turnsOf(s, s.question).reduce((n, t) => n + t.hints_given.length, 0);
    const hints = current(s)?.asked.hints ?? 0;
    return [
      s.settings?.mode !== 'exam' && given < hints && [`Hint (${given}/${hints})`, () => this.act('hint')],
      ['Skip', () => this.skip()], pause, end,
    ].filter(Boolean);
  }

  skip() {
    if (this.editor.text.trim() && !confirm('Skip and drop what you have written?')) return;
    this.act('skip', { turn: this.s.turn });
  }
}

const capitalised = (s) => `${s.charAt(0).toUpperCase()}${s.slice(1)}.`;

const button = ([name, act, first]) => el('button', { type: 'button', class: first ? 'first' : 'quiet', on: { click: act } }, name);
