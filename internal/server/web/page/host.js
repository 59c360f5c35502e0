import { draw, el, show } from './dom.js';
import { get, inWords, Refused, Unreachable } from './server.js';
import { notice } from './status.js';
import { ago, bandOf, stateWords, until, whole } from './words.js';

const EVERY = 2000;

// Host is the overview of whoever holds interviews: invitations and what became
// of them, and the interviews that run. It keeps itself up to date.
export class Host {
  constructor(me, go) {
    Object.assign(this, { me, go });
    this.host = me.scope === 'host';
    this.parts = { running: el('section', { 'aria-label': 'Running interviews' }), invited: el('section', { 'aria-label': 'Invitations' }), past: el('section', { 'aria-label': 'Complete interviews' }) };
    show('Overview', el('h1', null, 'Overview'), this.parts.running, this.parts.invited, this.parts.past);
    this.seen = () => document.visibilityState === 'visible' && this.look();
    document.addEventListener('visibilitychange', this.seen);
    this.look();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.seen);
    notice('');
  }

  async look() {
    clearTimeout(this.timer);
    try {
      const [running, recent, invited] = await Promise.all([
        get('v1/interviews?open=true&limit=200'), get('v1/interviews?limit=100'), this.host ? get('v1/invitations') : { invitations: [] },
      ]);
      if (this.closed) return;
      this.failures = 0;
      notice('', true);
      this.names = { ...running.names, ...recent.names };
      this.draw(running.interviews, recent.interviews.filter((i) => i.state === 'COMPLETE').slice(0, 20), invited.invitations.toReversed());
    } catch (e) {
      if (this.closed) return;
      if (e instanceof Refused && e.status === 401) return this.go('');
      notice(e instanceof Unreachable ? 'Not connected: trying again.' : inWords(e), false);
    }
    if (document.visibilityState === 'visible') this.timer = setTimeout(() => this.look(), EVERY);
  }

  draw(running, past, invited) {
    const minute = Math.floor(Date.now() / 60000); // times are told in minutes
    draw(this.parts.running, [minute, running, this.names], () => this.table('Running interviews', 'No interview is running.', ['Candidate', '-Bank', 'State', '-Question', 'Last sign of life', ''],
      running.map((i) => [this.nameOf(i), i.bank.title, i.paused ? `${stateWords(i.state)}, paused` : stateWords(i.state), i.question ? `${i.question} of ${i.questions}` : '–', ago(i.active_at),
        el('a', { href: `#/interview/${i.id}` }, 'Watch', el('span', { class: 'unseen' }, ` ${this.nameOf(i)}`))])));
    if (this.host) {
      draw(this.parts.invited, [minute, invited], () => this.table('Invitations', 'No invitations yet. Send one with: elios invite --bank ID', ['Name', '-Bank', '-Mode', 'State', '-Expires', 'Score', ''],
        invited.map((v) => [v.name || '–', v.bank, v.mode, v.state, until(v.expires_at), score(v), this.linkOf(v)])));
    }
    draw(this.parts.past, [minute, past, this.names], () => this.table('Complete interviews', 'No interview is complete yet.', ['Candidate', '-Bank', '-Outcome', 'Score', 'When', ''],
      past.map((i) => [this.nameOf(i), i.bank.title, i.outcome, score(i), ago(i.active_at), this.host && el('a', { href: `#/report/${i.id}` }, 'Report', el('span', { class: 'unseen' }, ` of ${this.nameOf(i)}`))])));
  }

  // nameOf is whose an interview is; without a token's name it goes by its id.
  nameOf(i) {
    const token = i.settings.owner?.token;
    return token ? this.names?.[token] ?? `token ${token.slice(0, 8)}` : 'this machine';
  }

  linkOf(v) {
    if (!v.interview) return '';
    const over = ['finished', 'ended'].includes(v.state) || v.score !== undefined;
    return el('a', { href: `#/${over ? 'report' : 'interview'}/${v.interview}` }, over ? 'Report' : 'Watch', el('span', { class: 'unseen' }, ` of ${v.name || v.id}`));
  }

  // table is a heading and a table. A column whose name begins with - gives way on
  // a narrow screen.
  table(title, none, head, rows) {
    const extra = head.map((h) => h.startsWith('-') && 'extra');
    const names = head.map((h, i) => (h ? el('th', { scope: 'col', class: extra[i] }, h.replace('-', '')) : el('td')));
    const row = ([first, ...rest]) => el('tr', null, el('th', { scope: 'row', dir: 'auto' }, first), rest.map((c, i) => el('td', { dir: 'auto', class: extra[i + 1] }, c)));
    return [el('h2', null, title), rows.length === 0 ? el('p', { class: 'why' }, none)
      : el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': title }, el('table', null, el('thead', null, el('tr', null, names)), el('tbody', null, rows.map(row))))];
  }
}

const score = (v) => (v.score === undefined ? '–' : `${whole(v.score)} ${bandOf(v.score)}`);
