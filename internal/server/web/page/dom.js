// Elements, made from values. A text is always a text node: nothing that a bank,
// a model or a person wrote can become markup. The page's policy (Trusted Types
// without any policy) has the browser refuse every other way.

// el makes an element. Of props, `on` holds listeners, `class` its classes, true
// an attribute without a value; false and undefined leave an attribute out.
export function el(name, props, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== undefined && value !== false && value !== null) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  for (const child of list(children)) node.append(child);
  return node;
}

// list is what may be appended: nested lists flat, without what is not there.
function list(children) {
  return children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false && c !== '');
}

// draw puts children into a region when key is another than before.
export function draw(region, key, make) {
  const mark = JSON.stringify(key);
  if (drawn.get(region) === mark) return;
  drawn.set(region, mark);
  redraw(region, make);
}
const drawn = new WeakMap();

// redraw puts new children into a region. What somebody has opened, written or
// gone to there by its data-key they find again in the new ones.
export function redraw(region, make) {
  const keyed = (find) => [...region.querySelectorAll(`${find}[data-key]`)];
  const open = keyed('details').filter((d) => d.open).map((d) => d.dataset.key);
  const written = new Map(keyed('input').map((i) => [i.dataset.key, i.value]));
  const at = region.contains(document.activeElement) && document.activeElement.dataset.key;
  region.replaceChildren(...list([make()]));
  for (const d of keyed('details')) d.open ||= open.includes(d.dataset.key);
  for (const i of keyed('input')) i.value = written.get(i.dataset.key) ?? i.value;
  if (at) keyed('').find((n) => n.dataset.key === at)?.focus({ preventScroll: true });
}

// tell puts words into a note, or takes them out, and brings them into sight: what one
// has pressed may be far from it.
export function tell(note, ...words) {
  note.replaceChildren(...list(words));
  if (note.hasChildNodes()) note.scrollIntoView({ block: 'nearest' });
}

// say tells those who listen to a screen reader. Each thing said is added, so that
// none is lost to the next, and the same can be said twice.
export function say(text) {
  const said = document.getElementById('said');
  said.append(el('p', null, text));
  while (said.childElementCount > 5) said.firstElementChild.remove();
}

// show puts a screen in the place of the one before and begins at its top.
export function show(title, ...children) {
  const screen = document.getElementById('screen');
  document.title = title ? `${title} – elios` : 'elios';
  screen.replaceChildren(...list(children));
  scrollTo(0, 0);
  const heading = screen.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
