import { el, show } from './dom.js';
import { keepToken, tokenIn } from './keep.js';
import { sentence } from './words.js';

// Door lets somebody in who has come without a link.
export class Door {
  constructor(why, enter) {
    const field = el('input', { id: 'token', type: 'password', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true, 'aria-describedby': 'help' });
    const note = el('p', { class: 'note', role: 'alert' }, why && sentence(why));
    const submit = (e) => {
      e.preventDefault();
      const secret = tokenIn(field.value);
      if (!secret) {
        note.textContent = 'There is no token in that. It begins with elios_ and stands at the end of the link.';
        field.focus();
        return;
      }
      keepToken(secret);
      enter();
    };
    show('', el('h1', null, 'Mock interviews'), note,
      el('form', { on: { submit } }, el('label', { for: 'token' }, 'Your token, or the link of your invitation'), field,
        el('p', { id: 'help', class: 'why' }, 'Your host has sent it to you. It stays in this tab and is gone with it.'),
        el('p', { class: 'buttons' }, el('button', { class: 'first' }, 'Enter'))));
  }
}
