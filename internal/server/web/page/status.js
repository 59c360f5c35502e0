import { say } from './dom.js';

// The one line that tells of a broken connection.

export function connectionWords(link, judging) {
  if (link.over || link.up || link.tries === 0) return ''; // told elsewhere, or on the way for the first time
  const left = Math.ceil((link.retryAt - performance.now()) / 1000);
  const when = link.retryAt && left > 0 ? `in ${left} s` : 'now';
  let what = 'Your words are kept.';
  if (link.unsent) what = 'It is sent then.';
  else if (judging) what = 'Your answer is safe.';
  return `Not connected: trying again ${when}. ${what}`;
}

let broken = false;

// notice shows the line, and says when it is over. It is told aloud once, and not
// with every second of the wait.
export function notice(text, up) {
  const line = document.querySelector('#screen .link') ?? document.getElementById('link');
  let words = text;
  if (text && !broken) say(text.replace(/: trying again[^.]*/, ''));
  if (!text && broken && up) {
    words = 'Connected again; nothing is lost.';
    say(words);
    setTimeout(() => { if (line.textContent === words) line.textContent = ''; }, 4000);
  } else if (!text && line.textContent.startsWith('Connected')) {
    return;
  }
  if (text || up) broken = Boolean(text);
  if (line.textContent !== words) line.textContent = words;
  line.classList.toggle('bad', Boolean(text));
}
