import { el } from './dom.js';
import { Box, formerTab, thisTab } from './keep.js';
import { count, sameWords, thousands, tooMany, wordsIn } from './words.js';

const MOST = 20000; // characters of an answer, as the server counts them
const SAVE_AFTER = 400; // ms without a key
const SAVE_AT_LEAST = 2000; // ms between two drafts of who types on and on

// Editor is where the answer is written. Every word is kept in the browser until
// the server has it, as a draft or as the answer.
export class Editor {
  constructor(interview, { submit, draft }) {
    this.words = new Box('words', interview);
    Object.assign(this, { onSubmit: submit, onDraft: draft, turn: 0, saved: '', kept: true, saving: false, touched: 0, savedAt: 0, sent: false });
    // No maxlength: a browser would cut what is pasted and say nothing.
    this.area = el('textarea', {
      id: 'answer', rows: 6, dir: 'auto', spellcheck: 'true',
      on: { input: () => this.typed() },
    });
    this.state = el('p', { class: 'state' });
    this.tooLong = el('p', { class: 'note', id: 'toolong', role: 'alert' });
    this.form = el('form', { id: 'editor', class: 'editor', hidden: true, on: { submit: (e) => { e.preventDefault(); this.submit(); } } },
      el('div', { class: 'label' }, el('label', { for: 'answer' }, 'Your answer'), this.state), this.area, this.tooLong);
    this.leaving = (e) => !this.isSafe && e.preventDefault();
    addEventListener('beforeunload', this.leaving);
  }

  close() {
    this.flush();
    removeEventListener('beforeunload', this.leaving);
  }

  get text() {
    return this.area.value;
  }

  // isSafe tells whether the words outlive the page.
  get isSafe() {
    return this.kept || this.sent || this.form.hidden || this.text === this.saved;
  }

  // begin takes up a turn, with what was written on it before: in this tab, else in
  // another one, else as far as the server has it.
  begin(turn, draft) {
    const kept = this.words.all().filter((w) => w.value.turn === turn);
    const of = (tab) => kept.find((w) => w.name === tab);
    const words = of(thisTab) ?? of(formerTab) ?? kept.at(-1);
    Object.assign(this, { turn, saved: draft, sent: false });
    this.area.value = words?.value.text ?? draft;
    if (words) {
      this.words.remove(words.name); // they are this tab's from now on
      this.keep();
    }
    this.drawState();
  }

  keep() {
    this.kept = this.words.set(thisTab, { turn: this.turn, text: this.text });
  }

  typed() {
    this.keep();
    this.touched = performance.now();
    this.drawState();
  }

  // save sends the words as a draft when the keys have been still for a moment, and
  // now and then while they are not; one draft is under way at a time. soon is that
  // the time is about to run out.
  save(soon = false) {
    const { text, turn } = this;
    const at = performance.now();
    if (this.sent || this.saving || !turn || text === this.saved || !this.link.up || this.over) return;
    if (!soon && at - this.touched < SAVE_AFTER && at - this.savedAt < SAVE_AT_LEAST) return;
    Object.assign(this, { saving: true, savedAt: at });
    this.onDraft(turn, text).then(() => {
      if (this.turn !== turn) return;
      this.saved = text;
      if (this.text === text && !this.sent) this.words.remove(thisTab);
    }, () => {}).finally(() => {
      this.saving = false; // a draft that was refused is of a turn that is over
      this.drawState();
    });
  }

  flush() {
    this.save(true);
  }

  // over is how many characters there are too many.
  get over() {
    return tooMany(this.text, MOST);
  }

  submit() {
    const text = this.text.trim();
    if (!text || this.sent || this.area.readOnly || this.over) {
      this.area.focus();
      return;
    }
    this.sent = true;
    this.draw(this.last);
    // From here on the link keeps it, until it is acknowledged.
    this.onSubmit(this.turn, text);
    this.words.remove(thisTab);
  }

  // refused gives the words back.
  refused(turn) {
    if (turn !== this.turn) return;
    this.sent = false;
    this.keep();
    if (this.last) this.draw({ ...this.last, sent: undefined });
  }

  // overtaken is called when the turn has an answer, or '' when it was skipped. It gives
  // what is lost of the words here when that came from another window. Of words that
  // were sent the server says itself whether they are the answer.
  overtaken(turn, answer) {
    const mine = this.text.trim();
    this.words.clear();
    if (turn !== this.turn || this.sent || sameWords(mine, answer)) return '';
    return mine;
  }

  // isOpen tells whether one can write.
  get isOpen() {
    return !this.form.hidden && !this.area.readOnly;
  }

  focus() {
    if (!this.form.hidden) this.area.focus({ preventScroll: true });
  }

  // draw shows the editor for a turn; fresh is that it was not there before.
  draw(how) {
    this.last = how;
    const fresh = how.shown && (this.form.hidden || this.asked !== how.turn);
    this.asked = how.turn;
    this.form.hidden = !how.shown;
    if (how.sent !== undefined && !this.sent) { // it was sent before the page was loaded anew
      this.sent = true;
      this.area.value = how.sent;
    }
    this.area.readOnly = Boolean(this.sent || how.still);
    this.area.setAttribute('aria-describedby', `${how.follows ? 'followup' : 'ask'} toolong`);
    this.drawState();
    return fresh;
  }

  drawState() {
    const n = wordsIn(this.text);
    let kept = this.kept ? 'kept here' : 'not saved yet';
    if (this.text === this.saved) kept = 'saved';
    if (this.sent) kept = 'sending …';
    const size = this.over ? `${thousands(this.over)} characters too many` : count(n, 'word');
    change(this.state, n || this.sent ? `${size} · ${kept}` : '');
    change(this.tooLong, this.over ? `An answer has at most ${thousands(MOST)} characters. Leave some out and submit again; nothing is cut by itself.` : '');
  }
}

function change(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
