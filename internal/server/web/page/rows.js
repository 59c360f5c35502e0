import { el } from './dom.js';

// Rows is a table that is kept up to date. A row stays the element it was, and a
// cell is touched when its words are others: who reads, has marked something or is
// on a link there is not disturbed.
export class Rows {
  // columns are each a name and classes: 'extra' gives way on a narrow screen, 'least' on
  // the narrowest, 'time' is never broken.
  constructor(title, none, columns) {
    Object.assign(this, { columns, rows: new Map() });
    this.body = el('tbody');
    const names = columns.map(([name, look]) => (name ? el('th', { scope: 'col', class: look }, name) : el('td')));
    this.table = el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': `${title}, table`, hidden: true }, el('table', null, el('thead', null, el('tr', null, names)), this.body));
    this.none = el('p', { class: 'why' }, none);
    this.parts = [this.none, this.table];
  }

  // update shows rows { key, cells }; a cell is words, or a link { href, name, of }.
  update(rows) {
    this.none.hidden = rows.length > 0;
    this.table.hidden = rows.length === 0;
    const gone = new Set(this.rows.keys());
    let at = this.body.firstElementChild;
    for (const { key, cells } of rows) {
      gone.delete(key);
      const row = this.rows.get(key) ?? this.make(key);
      if (row === at) at = at.nextElementSibling;
      else this.body.insertBefore(row, at);
      cells.forEach((c, i) => fill(row.children[i], c));
    }
    for (const key of gone) {
      this.rows.get(key).remove();
      this.rows.delete(key);
    }
  }

  make(key) {
    const row = el('tr', null, this.columns.map(([, look], i) => (i ? el('td', { class: look, dir: 'auto' }) : el('th', { scope: 'row', dir: 'auto' }))));
    this.rows.set(key, row);
    return row;
  }
}

function fill(cell, content) {
  const words = JSON.stringify(content);
  if (filled.get(cell) === words) return;
  filled.set(cell, words);
  const had = cell.contains(document.activeElement);
  cell.replaceChildren(content?.href ? el('a', { href: content.href }, content.name, el('span', { class: 'unseen' }, ` ${content.of}`)) : content || '');
  if (had) cell.firstElementChild?.focus({ preventScroll: true });
}
const filled = new WeakMap();
