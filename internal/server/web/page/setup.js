import { el } from './dom.js';
import { count } from './words.js';

// setup is the form for an interview of one's own. start gets its settings, as
// `create` takes them; what is left open is the host's choice. note is where a refusal is
// told, beside the button.
export function setup(banks, start, note) {
  const bank = select('bank', banks.map((b) => [b.id, b.title]));
  const about = el('p', { class: 'why', id: 'about', dir: 'auto' });
  const topics = el('fieldset', { class: 'topics' });
  const level = select('level', [['', 'any'], ...['1', '1..2', '2', '2..3', '3', '3..4', '4', '4..5', '5'].map((l) => [l, l.replace('..', '–')])]);
  const number = el('input', { id: 'count', name: 'count', type: 'number', min: 1, max: 100, value: 4, required: true });
  const probes = select('follow_ups', [['', 'as the bank says'], ['0', 'none'], ['1', 'at most 1'], ['2', 'at most 2'], ['3', 'at most 3']]);
  const limit = el('input', { id: 'limit', name: 'limit', type: 'number', min: 0, max: 240, step: 0.5, placeholder: 'none' });
  const mode = select('mode', [['practice', 'practice: verdicts and hints as you go'], ['exam', 'exam: verdicts at the end, no hints']]);

  const turned = () => {
    const b = banks.find((x) => x.id === bank.value);
    about.textContent = b ? [b.description, `${count(b.questions, 'question')}${b.cases === 0 ? ', untested' : ''}.`].filter(Boolean).join(' ') : '';
    topics.replaceChildren(el('legend', null, 'Topics'), ...(b?.topics ?? []).map((t) => el('label', { class: 'chip' },
      el('input', { type: 'checkbox', name: 'topic', value: t.id }), el('span', { dir: 'auto' }, t.title))));
    topics.hidden = (b?.topics ?? []).length < 2;
  };
  bank.addEventListener('change', turned);
  turned();

  const submit = (e) => {
    e.preventDefault();
    const settings = { bank: bank.value, count: Number(number.value), mode: mode.value };
    const chosen = [...topics.querySelectorAll('input:checked')].map((t) => t.value);
    if (chosen.length) settings.topics = chosen;
    if (level.value) settings.level = level.value;
    if (probes.value) settings.follow_ups = Number(probes.value);
    if (Number(limit.value) > 0) settings.time_limit_s = Math.round(Number(limit.value) * 60);
    start(settings);
  };
  return el('form', { class: 'setup', on: { submit } },
    field('Bank', bank), about, topics, field('Questions', number), field('Level, 1 entry to 5 expert', level), field('Follow-ups', probes),
    field('Time limit, minutes a question', limit), field('Mode', mode), note, el('div', { class: 'foot' }, el('p', { class: 'buttons' }, el('button', { class: 'first' }, 'Start'))));
}

const select = (name, choices) => el('select', { id: name, name }, choices.map(([value, words]) => el('option', { value }, words)));

const field = (name, input) => el('p', { class: 'field' }, el('label', { for: input.id }, name), input);
