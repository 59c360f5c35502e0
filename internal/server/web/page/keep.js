// What the browser keeps. The token goes with the tab: a shared computer must
// not hand it on. Words that no server has acknowledged stay until one has, also
// when the tab is closed meanwhile.

const TOKEN = 'elios.token';

// arrive takes the token out of an invitation's link (…/#elios_…), so that it
// stands neither in the address nor in the browser's history.
export function arrive() {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!secret.startsWith('elios_')) return;
  keepToken(secret);
  history.replaceState(null, '', location.pathname + '#/');
}

export const token = () => sessionStorage.getItem(TOKEN) ?? '';
export const keepToken = (secret) => sessionStorage.setItem(TOKEN, secret);
export const forgetToken = () => sessionStorage.removeItem(TOKEN);

// Box keeps one value of an interview.
export class Box {
  #key;
  constructor(what, interview) {
    this.#key = `elios.${what}.${interview}`;
  }
  get() {
    try {
      return JSON.parse(localStorage.getItem(this.#key));
    } catch {
      return null; // nothing of ours
    }
  }
  set(value) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // No room, or not allowed: the words are still on the screen and sent from there.
    }
  }
  clear() {
    localStorage.removeItem(this.#key);
  }
}
