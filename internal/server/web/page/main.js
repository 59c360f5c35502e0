import { Door } from './door.js';
import { Home } from './home.js';
import { Host } from './host.js';
import { Interview } from './interview.js';
import { arrive, forgetToken, forgetWords, tidy, token, unsent } from './keep.js';
import { Report } from './report.js';
import { get, Refused, Unreachable } from './server.js';
import { notice } from './status.js';
import { trouble } from './trouble.js';

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
  const visit = (visits += 1);
  try {
    me ??= await get('v1/whoami');
    if (visit !== visits) return; // somebody has gone elsewhere meanwhile
    header(me.token);
    const opened = await screenOf(location.hash.slice(2).split('/'), visit);
    if (visit === visits) screen = opened;
    else opened.close?.();
  } catch (e) {
    if (visit === visits) failed(e);
  }
}
let visits = 0;

async function screenOf([what, id], visit) {
  const mine = () => visit === visits;
  if (what === 'report' && id) return Report.open(id, me.token, mine);
  if (what === 'interview' && id) {
    const own = await owns(id);
    return mine() ? new Interview(id, own, own || me.token.scope === 'host' ? toReport : null) : {};
  }
  if (me.token.scope === 'host' || me.token.scope === 'observer') return new Host(me.token, go);
  return Home.open(me.token, go, mine);
}

// owns tells whether the token may answer in an interview, or watches it.
async function owns(id) {
  if (me.token.scope === 'candidate') return true;
  if (me.token.scope === 'observer') return false;
  const { settings } = await get(`v1/interviews/${id}`);
  return !settings.owner || settings.owner.token === me.token.id;
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
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#elios_')) me = undefined;
  route();
});
tidy();
route();
