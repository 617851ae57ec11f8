// Who is logged in, and what they may: an element with `data-role` is of no use to whoever has less than that role.

import { ask } from './requests.js';

const ROLES = ['viewer', 'operator', 'admin'];
const FORM_PARTS = 'button, select, input, textarea';

let role = ROLES.at(-1);

/** `{name, role, can_log_out}`; without a name nobody is asked who they are. */
export const caller = ask('GET', '/api/login').then((answer) => {
  if (!answer.ok) return { role, can_log_out: false };
  role = answer.body.role;
  document.querySelectorAll('[data-role]').forEach(bar);
  return answer.body;
});

function may(needed) {
  return !needed || ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

function bar(element) {
  const needed = element.dataset.role;
  if (may(needed)) return;
  element.title = `Needs the role ${needed}; you are ${role}`;
  if (element.matches(FORM_PARTS)) {
    element.disabled = true;
  } else {
    element.setAttribute('aria-disabled', 'true');
    element.inert = true;
  }
}

/** For an element made by a script. */
export function reserve(element, needed) {
  element.dataset.role = needed;
  bar(element);
}

/** Enables a part of a form, or disables it, as far as the role allows it. */
export function enable(element, on) {
  element.disabled = !on || !may(element.dataset.role);
}
