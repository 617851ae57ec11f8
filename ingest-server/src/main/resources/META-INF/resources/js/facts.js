// Numbers about the picture on show, and the list of what is in it.

import { create, say } from './dom.js';
import { colourOf } from './overlay.js';

/** Keeps the facts below the picture; an element per fact, changed in place. */
export class Facts {
  #list;
  #values = new Map();

  constructor(list) {
    this.#list = list;
  }

  show(numbers) {
    this.#set('Picture', numbers.frameNumber === undefined ? '–' : `#${numbers.frameNumber}`);
    this.#set('Shown at', `${numbers.framesPerSecond.toFixed(0)} fps`);
    this.#set('Held back', `${numbers.delay} ms`);
    this.#set('Results after', numbers.lag === null ? '–' : `${Math.round(numbers.lag)} ms`);
    this.#set('With boxes', `${Math.round(numbers.matched * 100)} %`);
    this.#set('Left out', String(numbers.dropped));
    this.#set('Player', numbers.player ?? '–');
    if (numbers.pose) this.#set('Pose', numbers.pose.tracking_state);
    this.#set('Session', numbers.session ?? '–');
  }

  #set(name, text) {
    if (!this.#values.has(name)) {
      const value = create('dd');
      this.#values.set(name, value);
      this.#list.append(create('div', {}, create('dt', {}, name), value));
    }
    const value = this.#values.get(name);
    if (value.textContent !== text) {
      value.textContent = text;
      value.title = text;
    }
  }
}

/** Fills `list` with the objects of a frame result; `nothing` says why there are none. */
export function listObjects(list, nothing, result) {
  const objects = result?.objects ?? [];
  say(nothing, objects.length > 0 ? null : result ? 'Nothing was found in it.' : 'No result for this picture.');
  list.replaceChildren(...objects.slice(0, 24).map(objectItem));
}

function objectItem(object) {
  const [r, g, b] = colourOf(object.id);
  const swatch = create('span', { class: 'swatch', 'aria-hidden': 'true' });
  swatch.style.background = `rgb(${r} ${g} ${b})`;
  const state = object.state && object.state !== 'confirmed' ? ` · ${object.state}` : '';
  const score = object.score == null ? '' : `${Math.round(object.score * 100)} %`;
  return create('li', {}, swatch, `${object.label} #${object.id}${state}`, create('span', { class: 'score' }, score));
}
