// One stream on the wall.

import { create, say } from './dom.js';
import { choosePlayer, openFeed } from './live-feed.js';
import { Stage } from './stage.js';
import { numbers } from './streams.js';
import { problemOfWorkers } from './workers.js';

const UNPLAYABLE = 'This browser cannot play live video.';

/** A stream that has ended is none. */
function problemOf(stream) {
  if (stream.state === 'ended') return null;
  return stream.problem ?? (stream.state === 'live' ? problemOfWorkers(stream.workers) : null);
}

/** Its video while it can be seen, its state, and what is wrong with it; `item` is the displayed element. */
export class Tile {
  #name;
  #video = create('video', { muted: '', playsinline: '', 'aria-hidden': 'true', tabindex: '-1' });
  #stage;
  #note = create('span', { class: 'stage-note', hidden: '' });
  #state = create('span', { class: 'dot' });
  #numbers = create('span', { class: 'numbers' });
  #problem = create('span', { class: 'problem', hidden: '' });
  #feed = null;
  /** Video is decoded only where somebody can see it. */
  #seen = new IntersectionObserver((entries) => {
    this.#isSeen = entries.at(-1).isIntersecting;
    this.#play();
  });
  #isSeen = false;
  #isLive = false;

  constructor(name) {
    this.#name = name;
    this.#video.muted = true;
    const canvas = create('canvas', { role: 'img', 'aria-label': `Live video of ${name}`, width: '640', height: '360' });
    const caption = create('span', { class: 'caption' }, create('span', { class: 'name' }, name, this.#state), this.#numbers, this.#problem);
    const stage = create('span', { class: 'stage' }, this.#video, canvas, this.#note);
    this.item = create('li', { class: 'tile' }, create('a', { href: `./#${encodeURIComponent(name)}` }, stage, caption));
    this.#stage = new Stage(canvas);
    this.#stage.clear();
    this.#seen.observe(this.item);
  }

  /** `stream` of `readStreams()`; returns whether something is wrong with it. */
  show(stream) {
    const problem = problemOf(stream);
    this.#state.dataset.state = stream.state;
    say(this.#state, stream.state);
    say(this.#numbers, numbers(stream));
    say(this.#problem, problem);
    this.item.classList.toggle('bad', problem !== null);
    this.#isLive = stream.state === 'live' || stream.state === 'stalled';
    if (!this.#isLive) say(this.#note, stream.problem ?? 'Not live.');
    this.#play();
    return problem !== null;
  }

  close() {
    this.#seen.disconnect();
    this.#isSeen = false;
    this.#play();
  }

  #play() {
    const wanted = this.#isSeen && this.#isLive;
    if (wanted === (this.#feed !== null)) return;
    if (wanted) {
      say(this.#note, null);
      this.#open();
    } else {
      this.#feed.close();
      this.#feed = null;
    }
  }

  #open() {
    const Player = choosePlayer('auto');
    if (!Player) {
      say(this.#note, UNPLAYABLE);
      return;
    }
    this.#feed = openFeed(this.#name, Player, this.#video, {
      onArrived: () => {},
      onFrame: (frame) => this.#stage.draw(frame),
      onConfig: () => {},
      onWaiting: () => {},
      onState: ({ open }) => say(this.#note, open ? null : 'The connection is lost. Trying again.'),
      onProblem: (text) => say(this.#note, text),
    });
  }
}
