// The camera of the displayed stream: joystick, zoom, presets, mode, click to follow, and who is in control.

import { create, say, setPill } from './dom.js';
import { placeOf } from './frame-geometry.js';
import { ask, told } from './requests.js';
import { enable } from './role.js';

const EVERY_MILLIS = 1000;
const HIDDEN_EVERY_MILLIS = 5000;
const MOVE_EVERY_MILLIS = 100;
const MOVE_SECONDS = 0.5;
const FULL = 100;
const KEYS = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, 1, 0],
  ArrowDown: [0, -1, 0],
  '+': [0, 0, 1],
  '-': [0, 0, -1],
};
const KEY_SHARE = 0.4;
const STATES = {
  idle: 'follows nobody',
  acquiring: 'turns to its target',
  holding: 'holds its target',
  predicting: 'target hidden',
  searching: 'searches',
  lost: 'target lost',
};

/**
 * Elements: `panel`, `state` (pill), `note`, `control`, `stick`, `knob`, `zoomIn`, `zoomOut`, `stop`, `release`, `mode`
 * (select), `presets` (select), `goTo`, `save`, `follow` (toggle), `canvas`. `onShow()` returns what is displayed.
 *
 * The panel is hidden while no camera has the stream. A move lasts half a second and is renewed while the joystick is held,
 * so that a page that goes away leaves no camera moving.
 */
export class Ptz {
  #elements;
  #onShow;
  #operator = operatorName();
  #stream = null;
  #camera = null;
  #timer = 0;
  #asked = 0;
  #push = [0, 0, 0];
  #isPushing = false;
  #isFollowing = false;

  constructor(elements, { onShow }) {
    this.#elements = elements;
    this.#onShow = onShow;
    this.#wireStick();
    this.#wireZoom(elements.zoomIn, 1);
    this.#wireZoom(elements.zoomOut, -1);
    elements.stop.addEventListener('click', () => this.#stop());
    elements.release.addEventListener('click', () => this.#command('POST', `${this.#path()}/release`, {}));
    elements.mode.addEventListener('change', () => this.#command('PUT', `${this.#path()}/mode`, { mode: elements.mode.value }));
    elements.goTo.addEventListener('click', () => this.#goTo());
    elements.save.addEventListener('click', () => this.#save());
    elements.follow.addEventListener('click', () => this.#switchFollow(!this.#isFollowing));
    elements.canvas.addEventListener('click', (event) => this.#followAt(event));
  }

  open(stream) {
    this.#stream = stream;
    this.#camera = null;
    this.#push = [0, 0, 0];
    this.#elements.panel.hidden = true;
    this.#switchFollow(false);
    say(this.#elements.note, null);
    this.#refresh();
  }

  async #refresh() {
    clearTimeout(this.#timer);
    const [stream, asked] = [this.#stream, ++this.#asked];
    const answer = await ask('GET', `/ptz/streams/${encodeURIComponent(stream)}`);
    if (asked !== this.#asked) return;
    const isNew = this.#camera === null && answer.ok;
    this.#elements.panel.hidden = !answer.ok;
    this.#camera = answer.ok ? answer.body.camera : null;
    if (answer.ok) this.#show(answer.body);
    if (isNew) this.#listPresets();
    this.#timer = setTimeout(() => this.#refresh(), answer.ok ? EVERY_MILLIS : HIDDEN_EVERY_MILLIS);
  }

  #show(status) {
    const { state, control, release, mode, position } = this.#elements;
    const ready = status.state === 'ready';
    setPill(state, ready ? 'good' : 'bad', ready ? `${status.camera}: ${doing(status)}` : `${status.camera}: ${status.state}, ${status.cause}`);
    const mine = status.operator === this.#operator;
    const left = Math.ceil(status.operator_seconds_left);
    say(control, status.operator ? `In control: ${mine ? 'you' : status.operator}, ${left} s` : 'In control: nobody, its mode holds');
    release.hidden = !mine;
    if (document.activeElement !== mode) mode.value = status.mode;
    say(position, status.position && `pan ${degrees(status.position.pan_deg)}, tilt ${degrees(status.position.tilt_deg)}, zoom ${status.position.zoom.toFixed(1)}×`);
  }

  #wireStick() {
    const { stick } = this.#elements;
    const follow = (event) => {
      const area = stick.getBoundingClientRect();
      const x = clamp(((event.clientX - area.left) / area.width) * 2 - 1);
      const y = clamp(1 - ((event.clientY - area.top) / area.height) * 2);
      this.#pushTo([x, y, 0]);
    };
    stick.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      stick.focus();
      stick.setPointerCapture(event.pointerId);
      follow(event);
    });
    stick.addEventListener('pointermove', (event) => stick.hasPointerCapture(event.pointerId) && follow(event));
    for (const end of ['pointerup', 'pointercancel', 'blur']) stick.addEventListener(end, () => this.#pushTo([0, 0, 0]));
    stick.addEventListener('keydown', (event) => {
      const key = KEYS[event.key];
      if (!key) return;
      event.preventDefault();
      this.#pushTo(key.map((share) => share * KEY_SHARE));
    });
    stick.addEventListener('keyup', (event) => KEYS[event.key] && this.#pushTo([0, 0, 0]));
  }

  #wireZoom(button, direction) {
    button.addEventListener('pointerdown', () => this.#pushTo([0, 0, direction]));
    for (const end of ['pointerup', 'pointerleave', 'pointercancel']) {
      button.addEventListener(end, () => this.#isPushing && this.#pushTo([0, 0, 0]));
    }
  }

  #pushTo(push) {
    this.#push = push;
    const { knob } = this.#elements;
    knob.style.left = `${(push[0] + 1) * 50}%`;
    knob.style.top = `${(1 - push[1]) * 50}%`;
    if (!this.#isPushing && isHeld(push)) this.#keepPushing();
  }

  /** One request at a time: a slow camera gets fewer, and the newest. */
  async #keepPushing() {
    this.#isPushing = true;
    while (isHeld(this.#push) && this.#camera) {
      const [pan, tilt, zoom] = this.#push.map((share) => Math.round(share * FULL));
      const until = new Promise((done) => setTimeout(done, MOVE_EVERY_MILLIS));
      await this.#command('POST', '/ptz/move', { pan_speed: pan, tilt_speed: tilt, zoom_speed: zoom, seconds: MOVE_SECONDS });
      await until;
    }
    this.#isPushing = false;
    await this.#stop();
  }

  /** A stop comes by itself after each push: what the note says of another command stays. */
  async #stop() {
    this.#push = [0, 0, 0];
    const answer = await this.#ask('POST', '/ptz/stop', {});
    if (!answer.ok) say(this.#elements.note, told(answer));
    this.#refresh();
  }

  async #listPresets() {
    const answer = await ask('GET', `/ptz/presets?camera=${encodeURIComponent(this.#camera)}`);
    const presets = answer.ok ? answer.body : [];
    const { presets: list, goTo } = this.#elements;
    list.replaceChildren(...presets.map(({ id, name }) => create('option', { value: id }, name)));
    list.disabled = presets.length === 0;
    enable(goTo, presets.length > 0);
  }

  #goTo() {
    const preset = this.#elements.presets.value;
    if (preset) this.#command('POST', `/ptz/presets/${encodeURIComponent(preset)}/goto`, {});
  }

  async #save() {
    const name = `view ${this.#elements.presets.options.length + 1}`;
    if (await this.#command('POST', '/ptz/presets', { name })) {
      say(this.#elements.note, `“${name}” is kept.`);
      await this.#listPresets();
    }
  }

  #switchFollow(on) {
    this.#isFollowing = on;
    this.#elements.follow.setAttribute('aria-pressed', String(on));
    this.#elements.canvas.classList.toggle('aiming', on);
  }

  async #followAt(event) {
    const shown = this.#isFollowing ? this.#onShow() : null;
    const place = shown && placeOf(event, this.#elements.canvas, shown.width, shown.height);
    if (!place) return;
    this.#switchFollow(false);
    const target = { x: place.x / shown.width, y: place.y / shown.height };
    if (await this.#command('POST', `${this.#path()}/target`, target)) {
      say(this.#elements.note, 'The camera follows what you clicked on, once it is detected there.');
      this.#refresh();
    }
  }

  #path() {
    return `/ptz/${encodeURIComponent(this.#camera)}`;
  }

  /** Whether the camera did it; else a note says why not. */
  async #command(method, path, body) {
    const answer = await this.#ask(method, path, body);
    say(this.#elements.note, answer.ok ? null : told(answer));
    return answer.ok;
  }

  #ask(method, path, body) {
    return ask(method, path, { camera: this.#camera, operator: this.#operator, ...body });
  }
}

function doing({ mode, target }) {
  if (mode === 'manual' || mode === 'hold' || mode === 'tour') return mode;
  return target.label && target.object_id !== null ? `${STATES[target.state]}, ${target.label} #${target.object_id}` : STATES[target.state];
}

function isHeld(push) {
  return push.some((share) => Math.abs(share) > 0.05);
}

function clamp(share) {
  return Math.max(-1, Math.min(1, share));
}

function degrees(value) {
  return `${value.toFixed(1)}°`;
}

/** A name for this page, so that two pages are told apart. */
function operatorName() {
  const known = sessionStorage.getItem('operator');
  const name = known ?? `dashboard ${Math.random().toString(36).slice(2, 6)}`;
  sessionStorage.setItem('operator', name);
  return name;
}
