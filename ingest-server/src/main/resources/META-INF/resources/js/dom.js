// Helper functions to create and change elements.

/** The element with this id; throws if the page has none. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** A new element with attributes and children; text is set as text, never as markup. */
export function create(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Shows `text` in `element`, or hides it without one. Unchanged text is not set again: screen readers announce it once. */
export function say(element, text) {
  element.hidden = !text;
  if (text && element.textContent !== text) element.textContent = text;
}

/** A pill's text and colour: waiting, good, warn, bad, retrying. */
export function setPill(element, state, text) {
  element.dataset.state = state;
  say(element, text);
}
