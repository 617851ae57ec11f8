// The dashboard's entry point. The address names the displayed stream: `#drone`, or a recorded moment of it:
// `#drone@2026-11-21T12:00:00Z`; `?player=mse` chooses a player.

import './bar.js';
import { byId, setPill } from './dom.js';
import { EarthView } from './earth-view.js';
import { Facts } from './facts.js';
import { MapView } from './map-view.js';
import { ObjectList } from './objects.js';
import { Past } from './past.js';
import { Perception } from './perception.js';
import { Prompts } from './prompts.js';
import { Ptz } from './ptz.js';
import { Rates } from './rates.js';
import { Stage } from './stage.js';
import { StreamAlerts } from './stream-alerts.js';
import { StreamList } from './streams.js';
import { Viewer } from './viewer.js';

const rates = new Rates(byId('rates'), byId('rates-problem'), byId('rates-empty'));
const facts = new Facts(byId('facts'));
const map = new MapView({ panel: byId('map-panel'), canvas: byId('map'), note: byId('map-note') });
const earth = new EarthView({ panel: byId('earth-panel'), canvas: byId('earth'), note: byId('earth-note'), list: byId('earth-objects') });
const stage = new Stage(byId('canvas'));
const viewer = new Viewer(
  { video: byId('video'), problem: byId('stage-problem'), note: byId('stage-note') },
  stage,
  { onRates: showRates, onEvent: (event) => alerts.accept(event), onPose: showPose, onName: (found) => objects.name(found), onStep: showNumbers },
);
const prompts = new Prompts(
  {
    canvas: byId('canvas'),
    drag: byId('drag'),
    toggle: byId('prompt'),
    remove: byId('prompt-remove'),
    note: byId('prompt-note'),
  },
  { onShow: () => viewer.onShow(), onChoose: (id) => viewer.choose(id) },
);
const objects = new ObjectList(
  { list: byId('objects'), nothing: byId('no-objects'), image: byId('object-image') },
  { onChoose: (id) => viewer.choose(id) },
);
const alerts = new StreamAlerts({ panel: byId('alerts-panel'), list: byId('alerts'), nothing: byId('no-alerts') });
const perception = new Perception({
  mode: byId('mode'),
  strategy: byId('strategy'),
  words: byId('words'),
  note: byId('prompt-note'),
  legend: byId('legend'),
});
const ptz = new Ptz(
  {
    panel: byId('ptz-panel'),
    state: byId('ptz-state'),
    note: byId('ptz-note'),
    control: byId('ptz-control'),
    position: byId('ptz-position'),
    stick: byId('ptz-stick'),
    knob: byId('ptz-knob'),
    zoomIn: byId('ptz-zoom-in'),
    zoomOut: byId('ptz-zoom-out'),
    stop: byId('ptz-stop'),
    release: byId('ptz-release'),
    mode: byId('ptz-mode'),
    presets: byId('ptz-presets'),
    goTo: byId('ptz-goto'),
    save: byId('ptz-save'),
    follow: byId('ptz-follow'),
    canvas: byId('canvas'),
  },
  { onShow: () => viewer.onShow() },
);
const past = new Past(
  {
    panel: byId('past'),
    timeline: byId('timeline'),
    day: byId('day'),
    live: byId('live'),
    play: byId('play'),
    speed: byId('speed'),
    video: byId('recorded-video'),
    problem: byId('stage-problem'),
  },
  stage,
  { onPast: leaveLive, onFrame: showRecorded, onLive: openLive },
);
const streams = new StreamList({
  list: byId('streams'),
  problem: byId('streams-problem'),
  onStreams: showServer,
  onChoose: (name) => (location.hash = encodeURIComponent(name)),
});

/** `{stream, millis}` of the address; null for none, and for live. */
function chosen() {
  const [name, time] = location.hash.slice(1).split('@');
  const millis = Date.parse(time);
  return { stream: decodeURIComponent(name) || null, millis: Number.isNaN(millis) ? null : millis };
}

function open() {
  const { stream, millis } = chosen();
  streams.choose(stream);
  if (!stream) return;
  byId('view-title').textContent = stream;
  byId('canvas').setAttribute('aria-label', `Live video of ${stream}`);
  document.title = `${stream} · Aerie`;
  rates.clear();
  map.open(stream);
  earth.open();
  prompts.clear();
  objects.open(stream);
  alerts.open(stream);
  perception.open(stream);
  ptz.open(stream);
  openLive();
  past.open(stream, millis);
}

function openLive() {
  byId('facts').hidden = false;
  delete byId('view-summary').dataset.frame;
  viewer.open(chosen().stream, byId('player').value);
  setMoment('');
}

function leaveLive() {
  viewer.pause();
  byId('facts').hidden = true;
}

function showRecorded(frame, result) {
  const time = new Date(Number(BigInt(frame.capture_time_ns) / 1_000_000n));
  byId('view-summary').textContent = `recorded ${time.toLocaleString()} · frame ${frame.frame_number}`;
  byId('view-summary').dataset.frame = frame.frame_number;
  objects.show(result);
  setMoment(`@${time.toISOString().slice(0, 19)}Z`);
}

/** The address leads to what is displayed. */
function setMoment(moment) {
  const hash = `#${encodeURIComponent(chosen().stream)}${moment}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
}

/** The default is the first live stream, else the first. */
function showServer(list, error) {
  setPill(byId('server'), error ? 'bad' : 'good', error ? 'No answer from the server' : 'Connected');
  if (!chosen().stream && list.length > 0) {
    const first = list.find((stream) => stream.state === 'live') ?? list[0];
    history.replaceState(null, '', `#${encodeURIComponent(first.name)}`);
    open();
  }
}

function showPose(pose) {
  map.accept(pose);
  earth.accept(pose);
}

function showRates(message) {
  rates.show(message);
  setPill(byId('broker'), message.broker ? 'good' : 'bad', message.broker ? 'Broker connected' : 'No broker');
}

function showNumbers(numbers) {
  const { config } = numbers;
  byId('view-summary').textContent = config ? `${config.width} × ${config.height} · ${config.codec}` : '';
  facts.show(numbers);
  objects.show(numbers.result);
}

function wireToggle(what) {
  const button = byId(`show-${what}`);
  button.addEventListener('click', () => button.setAttribute('aria-pressed', String(stage.toggle(what))));
}

function toggleFullscreen() {
  if (document.fullscreenElement) {
    document.exitFullscreen();
  } else {
    byId('stage').requestFullscreen?.();
  }
}

function wireKeys() {
  const targets = { b: 'show-boxes', l: 'show-labels', m: 'show-masks', f: 'fullscreen', k: 'play', p: 'prompt', Delete: 'prompt-remove' };
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('select, input, textarea');
    if (targets[event.key] && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) byId(targets[event.key]).click();
  });
}

function wireSettings() {
  const query = new URLSearchParams(location.search);
  const player = byId('player');
  if (['auto', 'webcodecs', 'mse', 'webrtc'].includes(query.get('player'))) player.value = query.get('player');
  player.addEventListener('change', open);
  const hold = byId('hold');
  hold.addEventListener('change', () => (viewer.holdChoice = hold.value === 'auto' ? 'auto' : Number(hold.value)));
}

['boxes', 'labels', 'masks'].forEach(wireToggle);
byId('fullscreen').addEventListener('click', toggleFullscreen);
window.addEventListener('hashchange', open);
wireKeys();
wireSettings();
streams.start();
open();
