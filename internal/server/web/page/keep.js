// What the browser keeps. The token goes with the tab: a shared computer must
// not hand it on. Words that no server has acknowledged stay until one has, also
// when the tab is closed meanwhile, and for a week at most.

const TOKEN = 'elios.token';
const TAB = 'elios.tab';
const LONGEST = 8 * 24 * 3600e3; // ms; an interview that nobody touches ends after 7 days

// shelf is one of the browser's stores. Where that is full or forbidden, the page
// keeps the value itself, for as long as it is open.
function shelf(name) {
  const here = new Map();
  const there = (use, otherwise) => {
    try {
      return use(globalThis[name]);
    } catch {
      return otherwise;
    }
  };
  const remove = (key) => {
    here.delete(key);
    there((s) => s.removeItem(key));
  };
  return {
    get: (key) => here.get(key) ?? there((s) => s.getItem(key), null),
    // set tells whether the value outlives the page.
    set(key, value) {
      remove(key); // what is there must not pass for the newer value
      const kept = there((s) => { s.setItem(key, value); return true; }, false);
      if (!kept) here.set(key, value);
      return kept;
    },
    remove,
    keys: () => [...new Set([...here.keys(), ...there((s) => Object.keys(s), [])])],
  };
}
const tab = shelf('sessionStorage');
const browser = shelf('localStorage');

// arrive takes the token out of an invitation's link (…/#elios_…), so that it
// stands neither in the address nor in the browser's history.
export function arrive() {
  if (!location.hash.startsWith('#elios_')) return;
  const secret = tokenIn(location.hash);
  if (secret) keepToken(secret);
  history.replaceState(null, '', `${location.pathname}#/`);
}

// tokenIn is the token in what somebody was sent: a link, words around it, a full
// stop at its end. What is not of a token no header could carry.
export const tokenIn = (text) => /elios_[\w-]+/.exec(text)?.[0] ?? '';

export const token = () => tab.get(TOKEN) ?? '';
export const keepToken = (secret) => tab.set(TOKEN, secret);
export const forgetToken = () => tab.remove(TOKEN);

// The name of this tab is drawn anew with each page: a tab that was opened from
// another, or duplicated, has a copy of that one's store, and two tabs of one name
// would write over each other's words. formerTab is who this tab was before it was
// loaded anew.
export const thisTab = crypto.getRandomValues(new Uint32Array(2)).join('-');
export const formerTab = tab.get(TAB);
tab.set(TAB, thisTab);

// Box keeps named values of one interview. Other tabs of this browser see them too,
// so each value has a name of its own and no tab writes over another's.
export class Box {
  #prefix;
  constructor(what, interview) {
    this.#prefix = `elios.${what}.${interview}.`;
  }
  set(name, value) {
    return browser.set(this.#prefix + name, JSON.stringify({ at: Date.now(), value }));
  }
  get(name) {
    return read(this.#prefix + name)?.value;
  }
  remove(name) {
    browser.remove(this.#prefix + name);
  }
  // all gives every { name, at, value }, the oldest first.
  all() {
    const keys = browser.keys().filter((k) => k.startsWith(this.#prefix));
    return keys.map((k) => ({ ...read(k), name: k.slice(this.#prefix.length) })).filter((b) => b.at).sort((a, b) => a.at - b.at);
  }
  clear() {
    for (const { name } of this.all()) this.remove(name);
  }
}

function read(key) {
  try {
    return JSON.parse(browser.get(key));
  } catch {
    return null; // nothing of ours
  }
}

const boxes = () => browser.keys().filter((k) => /^elios\.(words|outbox|unread)\./.test(k));

// unsent tells whether words are kept that no server has.
export const unsent = () => boxes().some((k) => !k.startsWith('elios.unread.'));

export const forgetWords = () => boxes().forEach(browser.remove);

// tidy throws away what nobody will come back for.
export function tidy(now = Date.now()) {
  for (const k of boxes()) if (!(now - read(k)?.at < LONGEST)) browser.remove(k);
}
