// What is wrong, said where it is: over the frame when there is none, below it when there is.

import { say } from './dom.js';

/** The worst comes first. */
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

  /** No frame because of `kind`; null when that is over. */
  set(kind, text) {
    change(this.#problems, kind, text);
    const worst = ORDER.find((each) => this.#problems.has(each));
    say(this.#problem, worst ? this.#problems.get(worst) : null);
  }

  /** Frames come, but something beside them does not. */
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
