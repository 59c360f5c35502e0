// The one line that tells of a broken connection.

export function connectionWords(link, judging) {
  if (link.over) return link.over;
  if (link.up || link.tries === 0) return ''; // on the way for the first time
  const left = Math.ceil((link.retryAt - Date.now()) / 1000);
  const when = link.retryAt && left > 0 ? `in ${left} s` : 'now';
  let what = 'Your words are kept.';
  if (link.unsent) what = 'It is sent then.';
  else if (judging) what = 'Your answer is safe.';
  return `Not connected: trying again ${when}. ${what}`;
}

let broken = false;

// notice shows the line, and says when it is over.
export function notice(text, up) {
  const line = document.getElementById('link');
  if (text) broken = true;
  const words = text || (broken && up ? 'Connected again; nothing is lost.' : '');
  if (!text && broken && up) {
    broken = false;
    setTimeout(() => { if (line.textContent === words) line.textContent = ''; }, 4000);
  } else if (!text && line.textContent.startsWith('Connected')) {
    return;
  }
  if (line.textContent !== words) line.textContent = words;
  line.classList.toggle('bad', Boolean(text));
}
