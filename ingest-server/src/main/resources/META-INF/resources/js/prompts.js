// Prompts for the frame-processor, made on the live video: track this, exclude that, remove it.

import { say } from './dom.js';
import { boxBetween, objectAt, placeOf } from './frame-geometry.js';
import { ask, told } from './requests.js';

const LEAST_DRAG_PIXELS = 6;

/**
 * While it is on, on the canvas:
 *
 * - a click prompts the object there; a click on a tracked object selects it
 * - with an object selected, a click adds a positive point, a click with Shift a negative one
 * - a drag gives a box
 *
 * `onShow()` returns what is displayed: `{stream, frameNumber, result, width, height}`, or null. `onChoose(id)` is called
 * with the selected object, or null.
 */
export class Prompts {
  #elements;
  #onShow;
  #onChoose;
  #on = false;
  #chosen = null;
  #from = null;
  #last = Promise.resolve();

  constructor(elements, { onShow, onChoose }) {
    this.#elements = elements;
    this.#onShow = onShow;
    this.#onChoose = onChoose;
    const { canvas, toggle, remove } = elements;
    toggle.addEventListener('click', () => this.#switch(!this.#on));
    remove.addEventListener('click', () => this.#remove());
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#stretch(event));
    canvas.addEventListener('pointerup', (event) => this.#end(event));
    canvas.addEventListener('pointercancel', () => this.#drop());
  }

  /** Another stream is displayed. */
  clear() {
    this.#choose(null);
    say(this.#elements.note, null);
  }

  #switch(on) {
    this.#on = on;
    this.#elements.toggle.setAttribute('aria-pressed', String(on));
    this.#elements.canvas.classList.toggle('prompting', on);
    if (!on) this.#choose(null);
    say(this.#elements.note, on ? 'Click on the object to track, or draw a box around it.' : null);
  }

  #choose(id) {
    this.#chosen = id;
    this.#elements.remove.hidden = id === null;
    this.#elements.remove.textContent = `Remove #${id}`;
    this.#onChoose(id);
  }

  #begin(event) {
    const shown = this.#on && event.button === 0 ? this.#onShow() : null;
    const place = shown && placeOf(event, this.#elements.canvas, shown.width, shown.height);
    if (!place) return;
    event.preventDefault();
    this.#elements.canvas.setPointerCapture(event.pointerId);
    this.#from = { shown, place, clientX: event.clientX, clientY: event.clientY };
  }

  #stretch(event) {
    if (!this.#from) return;
    const { drag, canvas } = this.#elements;
    drag.hidden = !this.#isDrag(event);
    const stage = canvas.parentElement.getBoundingClientRect();
    drag.style.left = `${Math.min(event.clientX, this.#from.clientX) - stage.left}px`;
    drag.style.top = `${Math.min(event.clientY, this.#from.clientY) - stage.top}px`;
    drag.style.width = `${Math.abs(event.clientX - this.#from.clientX)}px`;
    drag.style.height = `${Math.abs(event.clientY - this.#from.clientY)}px`;
  }

  #end(event) {
    if (!this.#from) return;
    const { shown, place } = this.#from;
    const to = placeOf(event, this.#elements.canvas, shown.width, shown.height) ?? place;
    const isDrag = this.#isDrag(event);
    this.#drop();
    const there = objectAt(shown.result, place);
    if (isDrag) {
      this.#ask(shown, { box: boxBetween(place, to) });
    } else if (there && this.#chosen === null) {
      this.#choose(there.id);
      say(this.#elements.note, `#${there.id} is chosen: a click adds to it, with Shift takes away from it.`);
    } else {
      this.#ask(shown, { points: [{ ...place, positive: !event.shiftKey }] });
    }
  }

  #drop() {
    this.#from = null;
    this.#elements.drag.hidden = true;
  }

  #isDrag(event) {
    return Math.hypot(event.clientX - this.#from.clientX, event.clientY - this.#from.clientY) >= LEAST_DRAG_PIXELS;
  }

  /** A frame that is no longer buffered is reported, not replaced by another: the objects have moved since. */
  async #ask(shown, prompt) {
    const object = this.#chosen === null ? {} : { object: this.#chosen };
    const answer = await this.#send('POST', '/prompt', { stream: shown.stream, frame_number: shown.frameNumber, ...object, ...prompt });
    const made = answer?.objects?.[0];
    if (!made) return;
    this.#choose(made.id);
    say(this.#elements.note, `${made.label} #${made.id} is tracked.`);
  }

  async #remove() {
    const shown = this.#onShow();
    const id = this.#chosen;
    if (!shown || id === null) return;
    this.#choose(null);
    if (await this.#send('DELETE', `/prompt/${encodeURIComponent(shown.stream)}/${id}`)) {
      if (this.#chosen === id) this.#choose(null); // what was asked for before has chosen it again
      say(this.#elements.note, `#${id} is no longer tracked.`);
    }
  }

  /** As #exchange, after the previous request was answered: requests are applied in order. */
  #send(method, path, body) {
    this.#last = this.#last.then(() => this.#exchange(method, path, body));
    return this.#last;
  }

  /** The answer's JSON, `{}` without a body; null, and a note with the reason, if it was refused. Never rejects. */
  async #exchange(method, path, body) {
    const answer = await ask(method, path, body);
    if (answer.ok) return answer.body;
    say(this.#elements.note, told(answer));
    return null;
  }
}
