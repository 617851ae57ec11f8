// The list of objects in the displayed frame, with their details.

import { create, say } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { cssColourOf } from './overlay.js';
import { isSegment } from './segments.js';

const SHOWN = 24;
const NAMES_KEPT = 256;
const STATES = { tentative: 'not sure yet', occluded: 'hidden', lost: 'lost' };

export class ObjectList {
  #elements;
  #names = new Map();
  #rows;
  #stream = null;
  #onChoose;

  /** `list`, `nothing` (explains an empty list), `image` (an `<img>`); `onChoose(id)` is called on a click. */
  constructor(elements, { onChoose }) {
    this.#elements = elements;
    this.#onChoose = onChoose;
    this.#rows = new KeyedList(elements.list, (id) => new Row(id, () => this.#choose(id)));
    elements.image.addEventListener('error', () => this.#showImage(null));
  }

  open(stream) {
    this.#stream = stream;
    this.#names.clear();
    this.#show([]);
    this.#showImage(null);
  }

  /** Adds an identification: the name that an object was recognised as. */
  name({ object_id: id, results }) {
    if (id === undefined || !results?.length) return;
    this.#names.delete(id);
    this.#names.set(id, results[0].label);
    if (this.#names.size > NAMES_KEPT) this.#names.delete(this.#names.keys().next().value);
  }

  /** The result of a frame; undefined without one. Rows keep their position and change in place. */
  show(result) {
    const objects = (result?.objects ?? []).slice(0, SHOWN);
    say(this.#elements.nothing, objects.length > 0 ? null : sentence(result));
    this.#show(objects);
  }

  #show(objects) {
    this.#rows.show(
      objects,
      (object) => object.id,
      (row, object) => row.show(object, this.#names.get(object.id)),
    );
  }

  /** The best stored image of it, if there is one. */
  #choose(id) {
    this.#onChoose(id);
    this.#showImage(`/api/streams/${encodeURIComponent(this.#stream)}/objects/${id}/crop?at=${Date.now()}`, id);
  }

  #showImage(address, id) {
    const { image } = this.#elements;
    image.hidden = address === null;
    image.alt = address === null ? '' : `Object #${id}, cut out of the frame in which it is seen best`;
    if (address === null) image.removeAttribute('src');
    else image.src = address;
  }
}

function sentence(result) {
  return result ? 'Nothing was found in this frame.' : 'No result for this frame yet.';
}

class Row {
  #text = create('span', { class: 'name' });
  #score = create('span', { class: 'score' });

  constructor(id, onClick) {
    const swatch = create('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = cssColourOf(id);
    const button = create('button', { type: 'button', class: 'object', title: 'Mark it, and show it cut out' }, swatch, this.#text, this.#score);
    button.addEventListener('click', onClick);
    this.item = create('li', {}, button);
  }

  show(object, name) {
    const state = STATES[object.state] && !isSegment(object) ? ` · ${STATES[object.state]}` : '';
    const text = `${object.label} #${object.id}${name ? ` (${name})` : ''}${state}`;
    if (this.#text.textContent !== text) this.#text.textContent = text;
    const score = object.score == null ? '' : `${Math.round(object.score * 100)} %`;
    if (this.#score.textContent !== score) this.#score.textContent = score;
  }
}
