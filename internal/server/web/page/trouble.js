import { el, say, show } from './dom.js';
import { inWords, Refused, Unreachable } from './server.js';

// trouble says what went wrong and what can be done. Where the server did not
// answer, the page asks again by itself.
export function trouble(e, again) {
  const gone = e instanceof Unreachable;
  let words = 'There is a fault in this page. Load it again; what you wrote is kept.';
  if (gone) words = 'The server does not answer. This page tries again by itself.';
  else if (e instanceof Refused) words = inWords(e);
  show('', el('h1', null, gone ? 'Not connected' : 'That did not work'), el('p', { role: 'alert' }, words),
    el('p', { class: 'buttons' }, el('button', { type: 'button', class: 'first', on: { click: again } }, 'Try again'), el('a', { class: 'button quiet', href: '#/' }, 'Home')));
  say(words);
  const timer = gone ? setTimeout(again, 1000 + 2000 * Math.random()) : 0;
  return { close: () => clearTimeout(timer) };
}
