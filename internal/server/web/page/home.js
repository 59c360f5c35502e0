import { el, show, tell } from './dom.js';
import { begin, get, inWords, newID } from './server.js';
import { setup } from './setup.js';
import { ago, bandOf, count, stateWords, until, whole } from './words.js';

// Home is where a candidate begins: the invitation, or what one may practise and
// what has been.
export class Home {
  static async open(me, go, mine) {
    const home = new Home(me, go);
    if (me.invitation) {
      const list = await get('v1/interviews?limit=1');
      const banks = await get('v1/banks');
      if (mine()) home.invited(list.interviews[0], banks.banks.find((b) => b.id === me.invitation.bank));
      return home;
    }
    const [{ interviews }, { banks }] = await Promise.all([get('v1/interviews?limit=50'), get('v1/banks')]);
    if (mine()) home.choose(interviews, banks);
    return home;
  }

  constructor(me, go) {
    Object.assign(this, { me, go, id: newID() });
  }

  // invited shows the one interview the token is good for.
  invited(made, bank) {
    const { invitation, expires_at: expires } = this.me;
    const exam = invitation.mode === 'exam';
    const done = made?.state === 'COMPLETE';
    const action = done
      ? el('a', { class: 'button first', href: `#/report/${made.id}` }, 'Read the report')
      : el('button', { type: 'button', class: 'first', on: { click: () => (made ? this.go(`interview/${made.id}`) : this.make({})) } }, made ? 'Go on' : 'Begin');
    show('Invitation', el('h1', null, done ? 'Your interview is complete' : 'You are invited to an interview'),
      el('dl', null,
        row('About', bank?.title ?? invitation.bank),
        row('Questions', questionsOf(invitation, bank)),
        row('Mode', exam ? 'exam: verdicts come at the end, and there are no hints' : 'practice: verdicts and hints as you go'),
        row('Time', time(invitation, exam)),
        expires && row('Link', `good ${until(expires).replace('in ', 'for ')} more, to begin and to come back`)),
      !done && el('p', { class: 'why' }, 'Answer in your own words. You may leave at any time and come back with the same link: nothing is lost.'),
      this.error = el('p', { role: 'alert', class: 'note' }), el('div', { class: 'foot' }, el('p', { class: 'buttons' }, action)));
  }

  choose(interviews, banks) {
    const open = interviews.filter((i) => i.state !== 'COMPLETE');
    const past = interviews.filter((i) => i.state === 'COMPLETE');
    show('', el('h1', null, 'Mock interviews'),
      open.length > 0 && [el('h2', null, 'Continue'), el('ul', { class: 'list' }, open.map(continued))],
      el('h2', null, 'Practise'), setup(banks, (settings) => this.make(settings), this.error = el('p', { role: 'alert', class: 'note' })),
      past.length > 0 && [el('h2', null, 'History'), el('ul', { class: 'list' }, past.map(finished))]);
  }

  // make makes an interview; the same id is sent until it is there.
  async make(settings) {
    tell(this.error);
    try {
      this.go(`interview/${await begin(settings, this.id)}`);
    } catch (e) {
      tell(this.error, inWords(e));
      if (e.status && e.status < 500) this.id = newID();
    }
  }
}

const row = (name, value) => [el('dt', null, name), el('dd', { dir: 'auto' }, value)];

// questionsOf tells how many questions there will be, or of what all of them are.
function questionsOf({ count: n, topics, min_level: from, max_level: to }, bank) {
  if (n) return String(n);
  const about = (topics ?? []).map((id) => bank?.topics?.find((t) => t.id === id)?.title ?? id).join(', ');
  const level = from && `level ${from === to || !to ? from : `${from}–${to}`}`;
  return about || level ? `all of ${[about, level].filter(Boolean).join(', ')}` : 'all of the bank';
}

function time(s, exam) {
  if (s.time_limit_ns) return `${limit(s.time_limit_ns / 1e9)} a question, half of it a follow-up`;
  return exam ? 'as each question says' : 'no limit';
}

const limit = (seconds) => [seconds >= 60 && `${Math.floor(seconds / 60)} min`, seconds % 60 > 0 && `${Math.round(seconds % 60)} s`].filter(Boolean).join(' ');

const line = (href, title, ...about) => el('li', null, el('a', { href }, el('span', { dir: 'auto' }, title), ' ', el('small', null, about.join(' · '))));

const continued = (i) => line(`#/interview/${i.id}`, i.bank.title,
  i.question > 0 ? `question ${i.question} of ${i.questions}` : count(i.questions, 'question'), i.paused ? 'paused' : stateWords(i.state).toLowerCase(), ago(i.active_at));

const finished = (i) => line(`#/report/${i.id}`, i.bank.title,
  i.score === undefined ? 'not assessed' : `${whole(i.score)} ${bandOf(i.score)}`, count(i.questions, 'question'), ago(i.active_at));
