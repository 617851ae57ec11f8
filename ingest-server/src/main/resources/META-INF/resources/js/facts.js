// Numbers about the frame on show.

import { create } from './dom.js';

/** Keeps the facts below the video; an element per fact, changed in place. */
export class Facts {
  #list;
  #values = new Map();

  constructor(list) {
    this.#list = list;
  }

  show(numbers) {
    this.#set('Frame', numbers.frameNumber === undefined ? '–' : `#${numbers.frameNumber}`);
    this.#set('Shown', `${numbers.framesPerSecond.toFixed(0)} fps`, 'Frames that this page shows per second.');
    this.#set('Behind camera', time(numbers.behind), 'From the capture of a frame until it is shown here, the hold included; – where the camera’s clock is not known.');
    this.#set('Held for boxes', time(numbers.hold), 'How long frames wait here so that their boxes are there when they are shown; part of what they are behind the camera.');
    this.#set('Results after', time(numbers.usualLag), 'How long after their frame half of the results are here; – while there are none.');
    this.#set('95 % after', time(numbers.mostLag), 'How long after their frame 95 of 100 results are here; – while there are none.');
    this.#set('With boxes', percent(numbers.boxes), 'Frames that are shown with a result: their own, or one between the results before and after them.');
    this.#set('Looked at', percent(numbers.own), 'Frames that the frame-processor looked at itself, of those shown.');
    this.#set('Dropped', String(numbers.dropped), 'Frames left out because this browser or its connection was too slow.');
    this.#set('Player', numbers.player ?? '–');
    if (numbers.pose) this.#set('Camera pose', numbers.pose.tracking_state, 'Whether slam-service knows where the camera is.');
    this.#set('Session', numbers.session ?? '–', 'One publication of the stream, from its start to its end.');
  }

  #set(name, text, title = text) {
    if (!this.#values.has(name)) {
      const value = create('dd');
      this.#values.set(name, value);
      this.#list.append(create('div', {}, create('dt', {}, name), value));
    }
    const value = this.#values.get(name);
    if (value.textContent !== text) {
      value.textContent = text;
    }
    if (value.title !== title) value.title = title;
  }
}

function time(millis) {
  return millis === null ? '–' : `${(millis / 1000).toFixed(2)} s`;
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}
