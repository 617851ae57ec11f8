// Error messages next to what they affect: over the video if there is no frame, below it otherwise.

import { say } from './dom.js';

/** Most severe first. */
const ORDER = ['socket', 'player', 'waiting', 'silent'];

export class Problems {
  #problem;
  #note;
  #problems = new Map();
  #notes = new Map();

  constructor(problem, note) {
    this.#problem = problem;
    this.#note = note;
  }

  /** Sets the reason `kind` for having no frame; null clears it. */
  set(kind, text) {
    change(this.#problems, kind, text);
    const worst = ORDER.find((each) => this.#problems.has(each));
    say(this.#problem, worst ? this.#problems.get(worst) : null);
  }

  /** Sets a problem that does not stop the video. */
  note(kind, text) {
    change(this.#notes, kind, text);
    say(this.#note, [...this.#notes.values()].join(' ') || null);
  }

  clear() {
    this.#problems.clear();
    this.#notes.clear();
    say(this.#problem, null);
    say(this.#note, null);
  }
}

function change(map, kind, text) {
  if (text) {
    map.set(kind, text);
  } else {
    map.delete(kind);
  }
}
