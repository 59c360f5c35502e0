import { Door } from './door.js';
import { Home } from './home.js';
import { Host } from './host.js';
import { Interview } from './interview.js';
import { arrive, forgetToken, forgetWords, tidy, token, unsent } from './keep.js';
import { Report } from './report.js';
import { get, namesFor, Refused, Unreachable } from './server.js';
import { notice } from './status.js';
import { trouble } from './trouble.js';
import { candidateOf, day } from './words.js';

// The way from screen to screen. An address is #/, #/interview/ID or #/report/ID.
let screen;
let me; // what the server knows of the token

const go = (path) => {
  if (location.hash === `#/${path}`) route();
  else location.hash = `#/${path}`;
};

// toReport takes the place of the interview, so that going back does not lead into it.
const toReport = (id) => {
  history.replaceState(null, '', `#/report/${id}`);
  route();
};

async function route() {
  const visit = (visits += 1);
  clearTimeout(settles);
  screen?.close?.();
  screen = undefined;
  arrive();
  notice('', false);
  if (location.hash === '#/door') {
    forgetToken();
    history.replaceState(null, '', '#/');
  }
  if (!token()) {
    enter();
    return;
  }
  try {
    me ??= await get('v1/whoami');
    if (visit !== visits) return; // somebody has gone elsewhere meanwhile
    header(me.token);
    const opened = await screenOf(location.hash.slice(2).split('/'), visit);
    if (visit !== visits) return void opened.close?.();
    screen = opened;
    scrollTo(0, history.state?.y ?? 0);
  } catch (e) {
    if (visit === visits) failed(e);
  }
}
let visits = 0;

async function screenOf([what, id], visit) {
  const mine = () => visit === visits;
  if (what === 'report' && id) return Report.open(id, me.token, mine);
  if (what === 'interview' && id) {
    const { own, whose } = await ownerOf(id);
    return mine() ? new Interview(id, own, own || me.token.scope === 'host' ? toReport : null, whose) : {};
  }
  if (me.token.scope === 'host' || me.token.scope === 'observer') {
    const host = new Host(me.token, go);
    await host.looked;
    return host;
  }
  return Home.open(me.token, go, mine);
}

// ownerOf tells whether the token may answer in an interview, or watches it, and whose
// it is then.
async function ownerOf(id) {
  if (me.token.scope !== 'host') return { own: me.token.scope === 'candidate' };
  const [interview, names] = await Promise.all([get(`v1/interviews/${id}`), namesFor(me.token)]);
  const { owner } = interview.settings;
  if (!owner || owner.token === me.token.id) return { own: true };
  return { own: false, whose: `${candidateOf(interview, names)}, ${day(interview.started_at ?? Date.now())}` };
}

function enter(why) {
  me = undefined;
  header();
  screen = new Door(why, route);
}

function failed(e) {
  if (e instanceof Refused && e.status === 401) {
    forgetToken();
    enter(e.message);
    return;
  }
  screen = trouble(e, route);
  // What neither the server refused nor the network is a fault of this page.
  if (!(e instanceof Refused || e instanceof Unreachable)) throw e;
}

function header(of) {
  const name = of?.name || (of && { host: 'host', observer: 'observer' }[of.scope]) || '';
  document.getElementById('who').textContent = name;
  document.getElementById('leave').hidden = !of;
}

// Who leaves a computer to others leaves nothing behind on it.
document.getElementById('leave').addEventListener('click', () => {
  if (unsent() && !confirm('Words of yours on this computer have not reached the server yet. Forget them too?')) return;
  forgetToken();
  forgetWords();
  history.replaceState(null, '', '#/');
  screen?.close?.();
  enter();
});
// A screen is drawn later than a browser scrolls back to where one was on it, so each
// entry of the history keeps that itself.
history.scrollRestoration = 'manual';
let settles;
addEventListener('scroll', () => {
  clearTimeout(settles);
  settles = setTimeout(() => screen && history.replaceState({ y: scrollY }, ''), 100);
}, { passive: true });
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#elios_')) me = undefined;
  route();
});
tidy();
route();
