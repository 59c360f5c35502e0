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
  node.append(...list(children));
  return node;
}

// list is what may be appended: nested lists flat, without what is not there.
function list(children) {
  return children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false && c !== '');
}

// draw puts children into a region when key is another than before. A region
// that stays as it was keeps its focus, its selection and its open details.
export function draw(region, key, make) {
  const mark = JSON.stringify(key);
  if (drawn.get(region) === mark) return;
  drawn.set(region, mark);
  region.replaceChildren(...list([make()]));
}
const drawn = new WeakMap();

// say tells those who listen to a screen reader.
export function say(text) {
  const said = document.getElementById('said');
  if (said) said.textContent = text;
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
