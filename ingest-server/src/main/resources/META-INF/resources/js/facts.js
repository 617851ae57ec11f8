// Figures of the displayed frame.

import { create } from './dom.js';

/** Updates the figures below the video; one element each, changed in place. */
export class Facts {
  #list;
  #values = new Map();

  constructor(list) {
    this.#list = list;
  }

  show(numbers) {
    this.#set('Frame', numbers.frameNumber === undefined ? '–' : `#${numbers.frameNumber}`);
    this.#set('Shown', `${numbers.framesPerSecond.toFixed(0)} fps`, 'Frames that this page shows per second.');
    this.#set('Behind camera', time(numbers.behind), 'Latency from the capture of a frame to its display, including the hold; – if the camera’s clock is unknown.');
    this.#set('Held for boxes', time(numbers.hold), 'Time that frames are delayed until their boxes have arrived; part of the latency behind the camera.');
    this.#set('Results after', time(numbers.usualLag), 'Median time from a frame to its result; – without results.');
    this.#set('95 % after', time(numbers.mostLag), '95th percentile of the time from a frame to its result; – without results.');
    this.#set('With boxes', percent(numbers.boxes), 'Displayed frames with a result: their own, or one interpolated between the results before and after them.');
    this.#set('Processed', percent(numbers.own), 'Displayed frames that the frame-processor processed.');
    this.#set('Dropped', String(numbers.dropped), 'Frames dropped because this browser or its connection was too slow.');
    this.#set('Player', numbers.player ?? '–');
    if (numbers.pose) this.#set('Camera pose', numbers.pose.tracking_state, 'The tracking state of slam-service.');
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
