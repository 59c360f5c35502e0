import { el } from './dom.js';
import { Box } from './keep.js';
import { count, wordsIn } from './words.js';

const MOST = 20000; // characters of an answer
const SAVE_AFTER = 400; // ms without a key

// Editor is where the answer is written. Every word is kept in the browser until
// the server has it, as a draft or as the answer.
export class Editor {
  constructor(interview, { submit, draft }) {
    this.kept = new Box('words', interview);
    Object.assign(this, { onSubmit: submit, onDraft: draft, turn: 0, saved: '', saving: false, touched: 0, sent: false });
    this.area = el('textarea', {
      id: 'answer', rows: 8, maxlength: MOST, dir: 'auto', spellcheck: 'true', 'aria-describedby': 'ask followup',
      on: { input: () => this.typed(), keydown: (e) => this.key(e) },
    });
    this.state = el('p', { class: 'state', 'aria-live': 'off' });
    this.button = el('button', { class: 'first' }, 'Submit');
    this.form = el('form', { class: 'editor', hidden: true, on: { submit: (e) => { e.preventDefault(); this.submit(); } } },
      el('label', { for: 'answer' }, 'Your answer'), this.area,
      el('div', { class: 'under' }, this.button, el('small', null, 'ctrl+enter'), this.state));
  }

  get text() {
    return this.area.value;
  }

  // begin takes up a turn, with what was written on it before.
  begin(turn, draft) {
    const kept = this.kept.get();
    this.turn = turn;
    this.saved = draft;
    this.sent = false;
    this.area.value = kept?.turn === turn ? kept.text : draft;
    this.drawState();
  }

  key(e) {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      this.submit();
    }
  }

  typed() {
    this.kept.set({ turn: this.turn, text: this.text });
    this.touched = performance.now();
    this.drawState();
  }

  // save sends the words as a draft when the keys have been still for a moment;
  // one draft is under way at a time.
  save(at = performance.now()) {
    const { text, turn } = this;
    if (this.sent || this.saving || !turn || text === this.saved || !this.link.up || at - this.touched < SAVE_AFTER) return;
    this.saving = true;
    this.onDraft(turn, text).then(() => {
      if (this.turn === turn) this.saved = text;
      if (this.text === text && !this.sent) this.kept.clear();
    }, () => {}).finally(() => {
      this.saving = false; // a draft that was refused is of a turn that is over
      this.drawState();
    });
  }

  flush() {
    this.save(Infinity);
  }

  submit() {
    const text = this.text.trim();
    if (!text || this.sent || this.area.readOnly) {
      this.area.focus();
      return;
    }
    this.sent = true;
    this.kept.clear(); // the link keeps it from now on, until it is acknowledged
    this.draw(this.last);
    this.onSubmit(this.turn, text);
  }

  // refused gives the words back.
  refused() {
    this.sent = false;
    this.kept.set({ turn: this.turn, text: this.text });
    if (this.last) this.draw(this.last);
  }

  // overtaken is called when the turn has an answer. It gives back what is lost
  // of the words here when that answer came from another window.
  overtaken(turn, answer) {
    const mine = this.text.trim();
    this.kept.clear();
    if (turn !== this.turn || !mine || mine === answer.trim()) return '';
    return `This was answered elsewhere, or the time was over. What you had written here: ${mine}`;
  }

  focus() {
    if (!this.form.hidden) this.area.focus();
  }

  draw(how) {
    this.last = how;
    const fresh = how.shown && (this.form.hidden || this.asked !== how.turn);
    this.asked = how.turn;
    this.form.hidden = !how.shown;
    if (how.sent !== undefined && !this.sent) { // it was sent before the page was loaded anew
      this.sent = true;
      this.area.value = how.sent;
    }
    this.area.readOnly = this.sent || how.paused;
    this.button.disabled = this.sent || how.paused;
    this.drawState();
    if (fresh && !how.paused) this.focus();
  }

  drawState() {
    const n = wordsIn(this.text);
    let kept = this.text === this.saved ? 'saved' : 'kept here';
    if (this.sent) kept = 'sending …';
    const words = n || this.sent ? `${count(n, 'word')} · ${kept}` : '';
    if (this.state.textContent !== words) this.state.textContent = words;
  }
}
