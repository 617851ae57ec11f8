// A button that removes something of the server's.

import { create, say } from './dom.js';
import { ask, told } from './requests.js';

/**
 * The first click asks, the second removes; without the focus it no longer asks.
 *
 * - `path`: what DELETE is sent to
 * - `problem`: the element that says why it was refused
 * - `onRemoved()`: is called after the server's answer
 */
export function removeButton(name, path, problem, onRemoved) {
  const button = create('button', { type: 'button' }, 'Remove');
  let isAsked = false;
  const show = (asks) => {
    isAsked = asks;
    say(button, asks ? `Really remove ${name}?` : 'Remove');
  };
  button.addEventListener('blur', () => show(false));
  button.addEventListener('click', async () => {
    if (!isAsked) {
      show(true);
      return;
    }
    const answer = await ask('DELETE', path);
    say(problem, answer.ok ? null : told(answer));
    show(false);
    await onRemoved();
  });
  return button;
}
