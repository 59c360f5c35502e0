import { set } from './clock.js';
import { token } from './keep.js';
import { sentence } from './words.js';

// Plain HTTP: lists, reports, and the making of an interview.

// Refused is an error the server tells of, with its code.
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.message || `the server answered with ${status}`);
    Object.assign(this, { status, code: problem.code, retryAfter: problem.retry_after_ms ?? 0 });
  }
}

// Unreachable is that the server does not answer.
export class Unreachable extends Error {}

// inWords is an error as a person reads it.
export function inWords(e) {
  if (e instanceof Unreachable) return 'The server does not answer; try again in a moment.';
  return sentence(e.message);
}

const LONGEST = 20000; // ms until a server that says nothing counts as gone

// ask makes a request with the token. Refused, Unreachable.
export async function ask(path, { method = 'GET', body, id } = {}) {
  const headers = { Authorization: `Bearer ${token()}` };
  if (id) headers['Idempotency-Key'] = id;
  const init = { method, headers, signal: AbortSignal.timeout(LONGEST), cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' };
  if (body !== undefined) init.body = JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(new URL(path, document.baseURI), init);
  } catch (e) {
    throw new Unreachable(e.message);
  }
  if (!answer.ok) {
    let problem = {};
    try {
      problem = await answer.json();
    } catch {
      // a proxy's page, not an error of elios
    }
    throw new Refused(answer.status, problem);
  }
  set(answer.headers.get('Date'));
  return answer;
}

export const get = async (path) => (await ask(path)).json();

// namesFor are the names of tokens by their ids, which the server tells a host alone.
export const namesFor = async (me) => (me.scope === 'host' ? (await get('v1/interviews?limit=1')).names ?? {} : {});

// begin makes an interview, starts it and gives its id. Sent again with the same id
// it makes no second one.
export async function begin(settings, id) {
  const made = await (await ask('v1/interviews', { method: 'POST', body: settings, id })).json();
  if (made.state === 'IDLE') await command(made.id, 'start', undefined, `${id}-start`);
  return made.id;
}

// command sends what changes an interview.
export const command = (interview, type, data, id = newID()) => ask(`v1/interviews/${interview}/commands`, { method: 'POST', body: { type, data }, id });

// newID names what changes something. (crypto.randomUUID is missing where a page
// comes without TLS from another machine.)
export function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
