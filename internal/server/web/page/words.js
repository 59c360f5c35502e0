import { now } from './clock.js';

// What the page says, in the words of the terminal.

export const STATES = ['IDLE', 'QUESTIONING', 'EVALUATING', 'FOLLOW_UP', 'COMPLETE'];

export const stateWords = (state) => state.replace('_', ' ');

export const count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;

export const capital = (s) => s.charAt(0).toUpperCase() + s.slice(1);

export const whole = (value) => String(Math.round(value));

// range is "62", or "62–81" when points could not be assessed.
export function range(value, upper) {
  const low = whole(value), high = whole(upper ?? value);
  return high === low || upper <= value ? low : `${low}–${high}`;
}

// bandOf names a score; under half of the weight assessed there is no name.
export function bandOf(value) {
  if (value < 40) return 'poor';
  if (value < 70) return 'mixed';
  return value < 90 ? 'good' : 'excellent';
}

// scoreOf is a question's score as it is shown, with its band.
export function scoreOf(score) {
  if (!score?.judged) return { text: 'not assessed', band: '' };
  return { text: range(score.value, score.upper), band: score.coverage >= 0.5 ? bandOf(score.value) : '' };
}

export function judge(by) {
  if (!by || !by.name || by.name === 'builtin') return 'built-in evaluator';
  return by.model || by.name;
}

// doing says who does what while an answer is judged.
export function doing(by, live, seconds, whose = 'your') {
  const who = judge(by) === 'built-in evaluator' ? 'The built-in evaluator' : judge(by);
  let what = `is reading ${whose} answer`;
  if (live?.phase === 'loading') what = 'is being loaded';
  if (live?.phase === 'queued') {
    what = `will read ${whose} answer as soon as it is free`;
    if (live.position > 0) what += ` (place ${live.position})`;
  }
  return `${who} ${what} …${seconds > 0 ? ` ${seconds} s` : ''}`;
}

// verdicts are each a sign, a word and a kind, so that colour is never alone.
const VERDICTS = {
  met: ['✓', 'met', 'good'],
  partial: ['◐', 'partly met', 'weak'],
  missed: ['✗', 'missed', 'bad'],
  contradicted: ['✗', 'contradicted', 'bad'],
  cannot_assess: ['?', 'could not be assessed', 'muted'],
};
export function verdictOf(status) {
  const [sign, word, kind] = VERDICTS[status] ?? VERDICTS.cannot_assess;
  return { sign, word, kind };
}

const REASONS = {
  language: 'the evaluator does not read this language',
  evidence: 'no words of yours could be found that show it',
  unclear: 'on topic, but neither for nor against',
  missing: 'the evaluator gave no verdict',
  skipped: 'skipped',
  unsupported: 'unsupported: the quote has no word to do with it',
};

// whyOf says why a verdict is as it is, where that is not plain.
export function whyOf(verdict) {
  if (verdict.status === 'cannot_assess' || verdict.reason === 'unsupported') return REASONS[verdict.reason] ?? '';
  return verdict.status === 'contradicted' ? 'you said otherwise:' : '';
}

// pointName is a point's words; a dimension goes by its id.
export function pointName(id, text, dimension) {
  return dimension && id ? capital(id.replace(/[-_]/g, ' ')) : text;
}

// feedbackOf leaves out a first sentence that counts the points: they are
// counted beside it already.
export const feedbackOf = (text) => (text ?? '').replace(/^You covered [^.]*\bpoints?\. ?/, '');

export function ago(time) {
  const minutes = Math.floor((now() - Date.parse(time)) / 60000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1440)} days ago`;
}

export function until(time) {
  if (!time) return 'never';
  const left = Date.parse(time) - now();
  const minutes = Math.floor(left / 60000);
  if (left < 0) return 'over';
  if (minutes === 0) return 'in a moment';
  if (minutes < 60) return `in ${minutes} min`;
  return minutes < 48 * 60 ? `in ${Math.floor(minutes / 60)} h` : `in ${Math.floor(minutes / 1440)} days`;
}

export function mmss(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${rest}` : rest;
}

// lengthOf is a duration in words.
export function lengthOf(ns) {
  const s = Math.round(ns / 1e9);
  if (s < 60) return `${s} s`;
  return s < 5400 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
}

// day is when something was, for people.
export const day = (time) => new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

// candidateOf is whose an interview is, where the host's list names { token id: name }
// tell it. Ids of tokens begin with their time and differ at their end.
export function candidateOf(interview, names) {
  const token = interview.settings.owner?.token;
  return token ? names?.[token] || `token ${token.slice(-8)}` : 'this machine';
}

// sentence is what a server says, as a sentence of its own.
export const sentence = (s) => capital(s).replace(/([^.!?…])$/, '$1.');

// sameWords tells whether two texts say the same: the server takes out what cannot be
// seen, such as soft hyphens that were pasted.
export const sameWords = (a, b) => bare(a) === bare(b);
const bare = (text) => text.replace(/[\p{C}\p{Z}]/gu, '');

// tooMany is how many characters a text has over the most.
export const tooMany = (text, most) => (text.length <= most ? 0 : Math.max(0, [...text].length - most));

export const thousands = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');

export const wordsIn = (text) => (text.match(/\S+/g) ?? []).length;

// plain is a Markdown text in one line, without its signs.
export const plain = (s) => s.replace(/```[\s\S]*?(```|$)/g, ' … ').replace(/[`*_#>]|\|?[ :]*-{3,}[- :|]*/g, '').replace(/\s+/g, ' ').trim();
