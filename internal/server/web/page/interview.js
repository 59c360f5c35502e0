import { button, choicesOf, endOf } from './choices.js';
import { now } from './clock.js';
import { draw, el, say, show, tell } from './dom.js';
import { Editor } from './editor.js';
import { apply, elapsed, nothing, turnOf } from './fold.js';
import { Box } from './keep.js';
import { Link } from './link.js';
import { newID } from './server.js';
import { connectionWords, notice } from './status.js';
import { viewOver, viewProgress, viewQuestion } from './view.js';
import { count, doing, mmss, plain, sameWords, sentence, STATES, stateWords } from './words.js';

const SHORT = 30000; // ms that are told to be few
const LAST = 5000; // ms in which every word is saved at once
const UNSEEN = 1000; // ms in which nobody has read what has just come

// The interview, as the candidate has it or a host watches it.
export class Interview {
  // own tells whether this token may answer; else it watches. leave goes to the
  // report, where this token may read it. of is whose it is, where one may know.
  constructor(id, own, leave, of) {
    Object.assign(this, { id, own, of, came: 0, whose: own ? 'your' : 'the', leave, s: nothing(), reading: [], live: null, note: null, settled: false, early: [], asked: new Set() });
    this.act = this.act.bind(this);
    this.unread = new Box('unread', id);
    this.editor = new Editor(id, { submit: (turn, text) => this.answer(turn, text), draft: (turn, text) => this.link.send('draft', { turn, text }) });
    this.build();
    this.link = new Link(id, { heard: (m) => this.hear(m), changed: () => this.later(), forgotten: () => this.forget() });
    this.editor.link = this.link;
    this.clock = setInterval(() => this.tick(), 500);
    this.keys = (e) => this.key(e);
    addEventListener('keydown', this.keys);
  }

  close() {
    this.editor.close();
    removeEventListener('keydown', this.keys);
    this.link.close();
    clearInterval(this.clock);
    cancelAnimationFrame(this.frame);
    this.closed = true;
    notice('');
  }

  // key has ctrl+enter do what one most likely wants, wherever the cursor is. In a form
  // other than the answer's that is to send it. Pressed twice it must not skip verdicts
  // that have come between.
  key(e) {
    if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || e.repeat || e.defaultPrevented) return;
    e.preventDefault();
    const form = e.target.form;
    if (form && form !== this.editor.form) return form.requestSubmit();
    if (this.reading.length && performance.now() - this.came < UNSEEN) return;
    this.part.foot.querySelector('.first')?.click();
  }

  forget() {
    Object.assign(this, { s: nothing(), reading: [], live: null, settled: false });
  }

  build() {
    const part = Object.fromEntries(['where', 'question', 'progress', 'note', 'foot', 'rest'].map((name) => [name, el('div', { class: name })]));
    part.states = el('ol', { class: 'states', 'aria-label': 'State of the interview' });
    part.doing = el('p', { class: 'doing' });
    this.part = part;
    this.title = el('h1', { class: 'unseen' }, 'Interview');
    part.note.setAttribute('role', 'alert');
    show('Interview', el('div', { class: 'top' }, part.states, part.where, el('p', { class: 'link' })), this.title, this.of && el('p', { class: 'about', dir: 'auto' }, `Interview of ${this.of}`), part.question, part.progress, this.own && this.editor.form, part.note, part.foot, part.rest);
  }

  hear(m) {
    if (m.seq) return this.event(m);
    if (m.type === 'welcome') return this.welcome(m.data);
    if (m.type === 'evaluating') this.live = { ...this.live, ...m.data, since: performance.now() - m.data.elapsed_ms };
    if (m.type === 'partial') this.live = { ...this.live, ...m.data };
    if (m.type === 'timer') this.timer = { ...m.data, at: performance.now() };
    if (m.type === 'error') this.refused(m.data, m.to);
    this.later();
  }

  welcome(data) {
    this.end = data.last_seq;
    this.draft = data.snapshot && { turn: data.snapshot.turn, text: data.snapshot.draft ?? '' };
    if (this.end === this.s.last_seq) this.settle();
  }

  // settle is called when the page has caught up with what happened before. What was
  // being read when it was loaded anew is still there to be read.
  settle() {
    if (!this.settled) {
      this.editor.begin(this.s.turn, this.draft?.text ?? '');
      const from = this.unread.get('from');
      if (from && this.own) this.reading = this.s.over.filter((o) => o.reveal && o.question >= from);
      this.held = this.s.paused && !this.s.why_paused && this.reading.length > 0 && Boolean(this.unread.get('held'));
    }
    this.settled = true;
    for (const [e, message] of this.early.splice(0)) this.refused(e, message);
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
    const { s } = this;
    switch (m.type) {
      case 'question_over':
        if (m.data.reveal && this.own) this.read(m.data);
        break;
      case 'question':
        this.editor.begin(s.turn, '');
        say(m.data.kind === 'question' ? `Question ${s.question} of ${s.questions}.` : 'A follow-up.');
        if (this.reading.length && s.limited && this.own && !s.paused) this.hold();
        break;
      case 'hint':
        say(`Hint: ${plain(m.data.text)}`);
        break;
      case 'answer_accepted':
        if (turnOf(before, m.data.turn)) this.accepted(m.data);
        break;
      case 'skipped':
        if (m.data.turn !== this.dropped) this.giveBack(this.editor.overtaken(m.data.turn, ''));
        break;
      case 'evaluation':
        if (m.data.score) say(`${count((m.data.met ?? []).length, 'point')} met, ${m.data.open} open.`);
        break;
      case 'evaluation_failed':
        say('Your answer is not judged yet.');
        break;
      case 'completed':
        say('The interview is complete.');
        if (m.data.outcome !== 'finished') this.skim();
    }
  }

  accepted({ turn, text, timed_out: late }) {
    this.giveBack(this.editor.overtaken(turn, text));
    say(late ? 'The time is over. What was written is handed in.' : 'Your answer is safe and being judged.');
  }

  // refused says why the server did not take a message. An answer that another one
  // forestalled is given back; the events that tell of that one may come before the
  // refusal or after it.
  refused(e, { type, data }) {
    if (!this.settled) return void this.early.push([e, { type, data }]);
    const turn = type === 'answer' ? turnOf(this.s, data.turn) : undefined;
    if (!turn?.answered && e.code !== 'stale_turn') this.note = sentence(e.message);
    else if (!sameWords(turn?.answer ?? '', data.text ?? '')) this.giveBack(data.text);
  }

  giveBack(words) {
    if (words) this.note = ['This was answered or skipped elsewhere, or the time was over. What you had written here: ', el('span', { class: 'answer', dir: 'auto' }, words)];
  }

  read(over) {
    if (!this.reading.length) this.unread.set('from', over.question);
    this.reading.push(over);
  }

  // skim leaves out what was to be read of an interview that was broken off: the
  // report has it all.
  skim() {
    this.reading = [];
    this.unread.clear();
  }

  // hold stops the next question's clock while the one that is over is read. That is
  // remembered for a page that is loaded anew: the server knows of one kind of pause.
  hold() {
    this.held = true;
    this.unread.set('held', true);
    this.quietly('pause');
  }

  // quietly sends what nobody has asked for. Where another window has been faster, it is
  // refused, and there is nothing to tell.
  quietly(type) {
    this.link.send(type).catch(() => {});
  }

  next() {
    this.reading.shift();
    if (this.reading.length) this.unread.set('from', this.reading[0].question);
    else this.skim();
    if (!this.reading.length && this.s.completed) return this.leave(this.id);
    if (!this.reading.length && this.held) {
      this.held = false;
      this.quietly('resume');
    }
    this.draw();
  }

  // act sends a command. While it is under way the same is not sent again: a second
  // click is not meant as a second hint. It tells whether the server took it.
  async act(type, data) {
    const what = JSON.stringify([type, data]);
    if (this.asked.has(what)) return;
    this.asked.add(what);
    if (typeof this.note === 'string') this.note = null; // words given back stay until the next answer
    const failed = await this.link.send(type, data).then(() => '', (e) => sentence(e.message));
    this.note ??= failed || null;
    this.asked.delete(what);
    this.later();
    return !failed;
  }

  async answer(turn, text) {
    this.note = null;
    this.later();
    try {
      await this.link.send('answer', { turn, text }, newID());
    } catch (e) {
      if (!turnOf(this.s, turn)?.answered) this.editor.refused(turn);
      this.refused(e, { type: 'answer', data: { turn, text } });
    }
    this.later();
  }

  // pause, where the clock stands already for what is read, makes that a pause of the
  // candidate's own.
  pause() {
    this.editor.flush();
    const stands = this.held && this.s.paused;
    this.held = false;
    this.unread.remove('held');
    if (stands) this.later();
    else this.act('pause');
  }

  skip() {
    const follows = this.s.state === 'FOLLOW_UP';
    const comes = follows ? 'The follow-up stays unanswered; the score stays as it is.' : 'The question scores 0 and the interview goes on.';
    const lost = this.editor.text.trim() ? ' What you have written is not handed in.' : '';
    if (!confirm(`Skip? ${comes}${lost}`)) return;
    this.dropped = this.s.turn;
    this.act('skip', { turn: this.s.turn });
  }

  finish() {
    const lost = !this.reading.length && this.editor.text.trim() ? 'What you have written here is not judged. ' : '';
    if (confirm(`End the interview? ${lost}The report shows what was judged so far. This cannot be undone.`)) this.act('end');
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
    const { s, part, live } = this;
    if (!this.settled && !this.link.over) return this.connection();
    const over = this.reading[0], had = document.activeElement;
    const follows = part.doing.isConnected && part.doing.getBoundingClientRect().bottom <= innerHeight;
    if (s.completed && !over && this.leave) return this.leave(this.id);
    const judging = !over && s.state === 'EVALUATING';
    this.drawTop(over);
    draw(this.title, [over?.question, s.question, s.state], () => this.titleOf(over));
    const asked = over ? [over, s.marks, s.disputes] : [s.state, s.turns, s.question, judging && live?.met];
    draw(part.question, this.settled && asked, () => this.settled && (over ? viewOver(this, over) : viewQuestion(this)));
    draw(part.progress, [judging && [s.pending, live?.met, live?.feedback, live?.done, live?.of, s.turn], this.stands()], () => [this.stands() && el('p', { class: 'why' }, this.stands()), judging && viewProgress(this, part.doing)]);
    this.drawNote();
    const fresh = this.editor.draw({ shown: !over && ['QUESTIONING', 'FOLLOW_UP'].includes(s.state), still: this.link.over || (s.paused && !this.held), turn: s.turn, follows: s.state === 'FOLLOW_UP', sent: this.link.unsentOf(s.turn) });
    const choices = choicesOf(this), end = endOf(this);
    draw(part.foot, choices, () => el('p', { class: 'buttons' }, choices.map(button)));
    draw(part.rest, end, () => end.length > 0 && el('p', { class: 'buttons' }, end.map(button)));
    this.lead(fresh, over, had, follows);
    this.tick();
  }

  titleOf(over) {
    const { s } = this;
    if (!s.question) return s.bank?.title ?? 'Interview';
    return over ? `Question ${over.question} of ${s.questions} is over` : `Question ${s.question} of ${s.questions}`;
  }

  // stands says why nothing goes on.
  stands() {
    const { s } = this;
    if (!this.settled) return '';
    if (s.completed && !this.reading.length) return 'The interview is complete. Its report is for the candidate and the host.';
    if (!s.paused || this.held) return '';
    return `Paused${s.why_paused === 'idle' ? ' after a while without a sign of life' : ''}: no time runs, and nothing is lost.${this.own ? ' Go on whenever you like.' : ''}`;
  }

  drawNote() {
    const gone = this.link.over && [this.link.over, this.editor.text.trim() && ' What you have written is still here: copy it, if you need it.'];
    const note = gone || this.note;
    const is = gone ? String(gone) : note; // a note of ours is another one each time
    if (this.noted === is) return;
    this.noted = is;
    tell(this.part.note, note && el('p', { class: 'note' }, note));
  }

  // lead brings the eye and the cursor to what is new: a question that is over and a
  // new question are seen from their top, a follow-up with the field below it. An
  // evaluation is followed down the page by who was looking at its end.
  lead(fresh, over, had, follows) {
    const { s, part } = this;
    const shown = over ? `over ${over.question}` : `question ${s.question}`;
    const moved = this.shown && this.shown !== shown;
    const judged = s.state === 'EVALUATING' && this.judged !== s.turn;
    Object.assign(this, { shown, judged: judged ? s.turn : this.judged });
    if (moved) scrollTo(0, 0);
    if (moved && over) this.came = performance.now();
    const lost = had !== document.body && document.activeElement === document.body; // the last hint takes its button with it
    if ((fresh || (lost && this.editor.isOpen)) && !s.paused) this.editor.focus();
    else if (moved || had.closest('[hidden]') || lost) this.title.focus({ preventScroll: true });
    if ((judged || follows) && !over) part.doing.scrollIntoView({ block: 'nearest' });
    if (!fresh || s.state !== 'FOLLOW_UP') return;
    this.editor.form.scrollIntoView({ block: 'nearest' });
    document.getElementById('followup')?.scrollIntoView({ block: 'nearest' });
  }

  // drawTop tells the state. While a question that is over is read there is none to tell:
  // the machine is at the next one already.
  drawTop(over) {
    const state = over || !this.settled ? '' : this.s.state;
    draw(this.part.states, [state], () => STATES.map((name) => el('li', { 'aria-current': name === state && 'step' }, stateWords(name))));
    document.title = `${state ? stateWords(state) : this.titleOf(over)} – elios`;
  }

  connection() {
    notice(connectionWords(this.link, this.s.state === 'EVALUATING'), this.link.up);
  }

  // tick draws what changes with the time alone.
  tick() {
    const { s } = this;
    if (this.closed || !this.settled) return;
    this.connection();
    const left = this.remaining();
    const short = left !== null && left < SHORT;
    const time = left === null ? mmss(elapsed(s, now())) : `${mmss(left)} left`;
    const over = this.reading[0];
    const shown = over?.question ?? s.question;
    const where = [shown > 0 && `${shown} of ${s.questions}`, s.started_at && !over && time, s.paused && !this.held && 'paused'].filter(Boolean).join(' · ');
    draw(this.part.where, [where, short && !over], () => el('p', { class: short && !over && 'weak' }, el('bdi', null, s.bank?.title ?? ''), el('span', null, where && ` · ${where}`)));
    if (short && this.warned !== s.turn && !s.paused) {
      this.warned = s.turn;
      say(`${Math.round(left / 1000)} seconds left. What you have written is handed in then.`);
    }
    const seconds = Math.floor((performance.now() - (this.live?.since ?? performance.now())) / 1000);
    if (this.part.doing.isConnected) this.part.doing.textContent = doing(s.evaluator, this.live, seconds, this.whose);
    this.editor.save(left !== null && left < LAST);
  }

  remaining() {
    const t = this.timer;
    if (!t || !this.s.limited || t.turn !== this.s.turn) return null;
    return Math.max(0, t.remaining_ms - (t.paused ? 0 : performance.now() - t.at));
  }
}
