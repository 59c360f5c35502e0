import { el, show } from './dom.js';
import { Rows } from './rows.js';
import { get, inWords, Refused, Unreachable } from './server.js';
import { notice } from './status.js';
import { ago, bandOf, candidateOf, count, stateWords, until, whole } from './words.js';

const EVERY = 2000; // ms
const MANY = 12; // invitations among which one wants to search

// Host is the overview of whoever holds interviews: invitations and what became
// of them, and the interviews that run. It keeps itself up to date.
export class Host {
  constructor(me, go) {
    Object.assign(this, { me, go, host: me.scope === 'host', invitations: [] });
    this.running = new Rows('Running interviews', 'No interview is running.', [['Candidate'], ['Bank', 'extra'], ['State'], ['Question', 'extra'], ['Last sign of life', 'time least'], ['']]);
    this.invited = new Rows('Invitations', 'No invitations yet. Make one with: elios invite --bank ID --name NAME', [['Name'], ['Bank', 'extra'], ['Mode', 'extra'], ['State'], ['Expires', 'time extra'], ['Score', 'time least'], ['']]);
    this.past = new Rows('Complete interviews', 'No interview is complete yet.', [['Candidate'], ['Bank', 'extra'], ['Outcome', 'extra'], ['Score'], ['When', 'time least'], ['']]);
    this.tally = el('p', { class: 'why' });
    this.find = el('input', { type: 'search', placeholder: 'Find a name or a bank', 'aria-label': 'Find an invitation by name, bank or state', hidden: true, on: { input: () => this.drawInvited() } });
    show('Overview', el('h1', null, 'Overview'), section('Running interviews', this.running.parts),
      this.host && section('Invitations', [el('div', { class: 'find' }, this.tally, this.find), this.invited.parts]), section('Complete interviews', this.past.parts));
    this.seen = () => document.visibilityState === 'visible' && this.look();
    document.addEventListener('visibilitychange', this.seen);
    this.looked = this.look(); // for the first time
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
      notice('', true);
      this.names = { ...running.names, ...recent.names };
      this.draw(running.interviews, recent.interviews.filter((i) => i.state === 'COMPLETE').slice(0, 20), invited.invitations);
    } catch (e) {
      if (this.closed) return;
      if (e instanceof Refused && e.status === 401) return this.go('');
      notice(e instanceof Unreachable ? 'Not connected: trying again. What you see is as it was.' : inWords(e), false);
    }
    if (document.visibilityState === 'visible') this.timer = setTimeout(() => this.look(), EVERY);
  }

  draw(running, past, invitations) {
    this.running.update(sorted(running, (i) => [i.paused ? 1 : 0, -Date.parse(i.active_at)]).map((i) => ({
      key: i.id,
      cells: [this.nameOf(i), i.bank.title, stateOf(i), i.question ? `${i.question} of ${i.questions}` : '–', ago(i.active_at), { href: `#/interview/${i.id}`, name: 'Watch', of: this.nameOf(i) }],
    })));
    this.past.update(past.map((i) => ({
      key: i.id,
      cells: [this.nameOf(i), i.bank.title, i.outcome, score(i), ago(i.active_at), this.host && { href: `#/report/${i.id}`, name: 'Report', of: `of ${this.nameOf(i)}` }],
    })));
    // What goes on stands first, then what may still begin, what is over, and what
    // came to nothing; the newest of each at the top.
    this.invitations = sorted(invitations, (v) => [rank(v), -Date.parse(v.created_at)]);
    this.drawInvited();
  }

  drawInvited() {
    const all = this.invitations;
    this.find.hidden = all.length <= MANY;
    const wanted = this.find.hidden ? '' : this.find.value.trim().toLowerCase();
    const found = all.filter((v) => `${v.name} ${v.bank} ${v.state}`.toLowerCase().includes(wanted));
    const tally = wanted && !found.length ? `None of ${count(all.length, 'invitation')} is like that.` : tallyOf(found);
    if (this.tally.textContent !== tally) this.tally.textContent = tally;
    this.invited.update(found.map((v) => ({ key: v.id, cells: [v.name || '–', v.bank, v.mode, v.state, until(v.expires_at), score(v), linkOf(v)] })));
    this.invited.none.hidden = all.length > 0;
  }

  nameOf(i) {
    return candidateOf(i, this.names);
  }
}

const section = (title, parts) => el('section', { 'aria-label': title }, el('h2', null, title), parts);

const stateOf = (i) => (i.paused ? `${stateWords(i.state)}, paused` : stateWords(i.state));

const over = (v) => ['finished', 'ended'].includes(v.state) || v.score !== undefined;

// kinds of invitations in the order they are shown, with the word that counts them.
const KINDS = [['started', (v) => v.state.startsWith('started')], ['open', (v) => v.state === 'open'], ['over', over], ['revoked', (v) => v.state === 'revoked'], ['expired', () => true]];

const rank = (v) => KINDS.findIndex(([, is]) => is(v));

function tallyOf(invitations) {
  const n = KINDS.map(() => 0);
  for (const v of invitations) n[rank(v)]++;
  return KINDS.map(([name], i) => n[i] > 0 && `${n[i]} ${name}`).filter(Boolean).join(' · ');
}

function linkOf(v) {
  if (!v.interview) return '';
  const of = v.name || v.id;
  return over(v) ? { href: `#/report/${v.interview}`, name: 'Report', of: `of ${of}` } : { href: `#/interview/${v.interview}`, name: 'Watch', of };
}

// sorted orders by the numbers that by gives, the first of them first.
function sorted(list, by) {
  const keyed = list.map((v) => [by(v), v]);
  return keyed.sort(([[a, b]], [[c, d]]) => a - c || b - d).map(([, v]) => v);
}

const score = (v) => (v.score === undefined ? '–' : `${whole(v.score)} ${bandOf(v.score)}`);
