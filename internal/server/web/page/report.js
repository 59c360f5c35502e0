import { el, redraw, say, show } from './dom.js';
import { change } from './points.js';
import { overQuestion } from './question.js';
import { ask, command, get, inWords, namesFor } from './server.js';
import { bandOf, candidateOf, count, day, judge, lengthOf, plain, range, whole } from './words.js';

// Report shows what came of an interview.
export class Report {
  static async open(id, me, mine) {
    const [r, names] = await Promise.all([get(`v1/interviews/${id}/report`), namesFor(me)]);
    const report = new Report(id, me, r);
    if (!report.own) report.whose = candidateOf(r.interview, names);
    if (mine()) report.show();
    return report;
  }

  constructor(id, me, r) {
    const { owner } = r.interview.settings;
    Object.assign(this, { id, r, own: me.scope === 'candidate' || owner?.token === me.id });
    // On paper nothing can be opened. What was opened for it is closed again.
    this.unfold = () => {
      this.folded = [...document.querySelectorAll('main details.question:not([open])')];
      this.folded.forEach((d) => { d.open = true; });
    };
    this.fold = () => this.folded?.forEach((d) => { d.open = false; });
    addEventListener('beforeprint', this.unfold);
    addEventListener('afterprint', this.fold);
  }

  close() {
    removeEventListener('beforeprint', this.unfold);
    removeEventListener('afterprint', this.fold);
  }

  show() {
    const { r } = this;
    this.error = el('p', { role: 'alert', class: 'note sticky' });
    this.body = el('div', { class: 'report' }, this.parts());
    show(`Report: ${r.interview.bank.title}`, this.body, this.error, this.buttons());
  }

  parts() {
    const { questions } = this.r;
    return [this.headline(), this.bars(), this.remarks(), this.topics(), this.lessons(), el('h2', null, count(questions.length, 'question')), questions.map((q) => this.question(q)), el('p', { class: 'why' }, 'Practice feedback, not a hiring decision.')];
  }

  headline() {
    const { r } = this;
    const score = r.judged > 0 ? range(r.score, r.upper) : 'not assessed';
    const parts = [this.whose, day(r.interview.ended_at ?? r.interview.created_at), count(r.questions.length, 'question'), lengthOf(r.duration_ns), ...r.evaluators.map(judge)].filter(Boolean);
    return el('div', { class: 'headline' },
      el('div', null, el('h1', { dir: 'auto' }, r.interview.bank.title), el('p', { class: 'about', dir: 'auto' }, parts.join(' · '))),
      el('p', { class: `score big ${r.band ?? ''}` }, score, r.band && ` ${r.band}`));
  }

  bars() {
    const { r } = this;
    if (!r.judged) return el('p', null, 'Nothing could be assessed, so there is no score.');
    const bar = (name, value) => el('div', { class: 'bar' }, el('span', null, name), el('span', null, whole(value)), meter(name, value));
    return [el('div', { class: 'bars' }, bar('unprompted', r.unprompted), bar('probed', r.score)), el('p', { class: 'about' }, `assessed ${r.assessed} of ${count(r.points, 'point')}`)];
  }

  remarks() {
    const { r } = this;
    const parts = [];
    if (r.interview.state !== 'COMPLETE') parts.push('not complete yet');
    else if (r.interview.outcome !== 'finished') parts.push(`${r.interview.outcome} before the last question was over`);
    if (r.judged > 0 && r.judged < r.questions.length) parts.push(`mean of ${r.judged} of ${count(r.questions.length, 'question')}`);
    if (r.hints > 0) parts.push(count(r.hints, 'hint'));
    if (r.self_marked !== undefined) parts.push(`with your own marks ${whole(r.self_marked)}`);
    return parts.length > 0 && el('p', { class: 'about' }, parts.join(' · '));
  }

  topics() {
    const { topics } = this.r;
    return topics.length > 1 && [el('h2', null, 'Topics'), topics.map((t) => el('div', { class: 'bar' }, el('span', { dir: 'auto' }, t.topic),
      t.judged ? [el('span', null, whole(t.score)), meter(t.topic, t.score)] : [el('span', null, '–'), el('small', null, 'not assessed')]))];
  }

  lessons() {
    const { learn } = this.r;
    return learn.length > 0 && [el('h2', null, 'Learn next'), el('ol', { class: 'learn' }, learn.map((l) => el('li', null, el('span', { dir: 'auto' }, l.text), el('small', null, ` +${whole(Math.max(l.gain, 1))}`))))];
  }

  question(q) {
    const score = q.result.over ? change(q.result) : el('small', null, 'not over');
    const about = [`Question ${q.number}`, q.topic, q.level > 0 && `level ${q.level}`].filter(Boolean).join(' · ');
    return el('details', { class: 'question', 'data-key': `question ${q.number}` },
      el('summary', { 'data-key': `ask ${q.number}` }, el('span', { class: 'n' }, q.number), el('span', { class: 'ask-line', dir: 'auto' }, plain(q.ask)), el('span', { class: 'about-line', dir: 'auto' }, about), el('span', null, score)),
      overQuestion(q, this.own ? 'your' : 'the', this.own && q.reveal && ((type, data) => this.remark(type, data))));
  }

  // remark sends a mark or a dispute and shows the report as it is then.
  async remark(type, data) {
    this.error.textContent = '';
    try {
      await command(this.id, type, data);
      this.r = await get(`v1/interviews/${this.id}/report`);
    } catch (e) {
      this.error.textContent = inWords(e);
      return false;
    }
    redraw(this.body, () => this.parts());
    say(type === 'mark' ? 'Your mark is kept.' : 'Your objection is kept.');
    return true;
  }

  buttons() {
    const save = (format) => () => this.save(format);
    return el('p', { class: 'buttons' },
      el('button', { type: 'button', class: 'quiet', on: { click: () => print() } }, 'Print'),
      el('button', { type: 'button', class: 'quiet', on: { click: save('html') } }, 'Save as HTML'),
      el('button', { type: 'button', class: 'quiet', on: { click: save('md') } }, 'Save as Markdown'),
      el('a', { class: 'button quiet', href: '#/' }, 'Home'));
  }

  // save fetches the report with the token, which a plain link could not carry.
  async save(format) {
    try {
      const blob = await (await ask(`v1/interviews/${this.id}/report?format=${format}`)).blob();
      const url = URL.createObjectURL(blob);
      el('a', { href: url, download: `elios-${this.id}.${format}` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
    } catch (e) {
      this.error.textContent = inWords(e);
    }
  }
}

// meter is a bar from 0 to 100, which also says its value.
const meter = (name, value) => el('meter', { min: 0, max: 100, value: Math.round(value), class: bandOf(value), 'aria-label': name }, whole(value));
