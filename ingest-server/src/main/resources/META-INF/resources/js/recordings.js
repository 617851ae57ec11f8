// The recordings page: start here. Stream, day and recording stand in the address: `#drone/2026-11-21/01K9…`.

import './bar.js';
import { archive, seconds } from './archive.js';
import { byId, create, say, setPill } from './dom.js';
import { Playback } from './playback.js';
import { localDay, recordedDay, recordingAt } from './recorded-day.js';
import { enable } from './role.js';
import { Stage } from './stage.js';
import { Timeline } from './timeline.js';

const stage = new Stage(byId('canvas'));
const video = byId('video');
const playback = new Playback(video, stage, {
  onFrame: showFrame,
  onProblem: (text) => say(byId('stage-problem'), text),
});
const timeline = new Timeline(byId('timeline'), playFrom);
const state = { recordings: [], recording: null, frame: null, from: null, to: null };

const nanosOf = (time) => BigInt(Date.parse(time)) * 1_000_000n;

async function start() {
  const [stream, day, id] = location.hash.slice(1).split('/').map(decodeURIComponent);
  try {
    const streams = await archive.streams();
    byId('stream').replaceChildren(...streams.map((name) => create('option', {}, name)));
    setPill(byId('archive'), 'good', 'Archive');
    if (streams.includes(stream)) byId('stream').value = stream;
    byId('day').value = day || localDay(Date.now());
    await showDay();
    if (id) choose(id);
  } catch (error) {
    setPill(byId('archive'), 'bad', 'No archive');
    say(byId('list-problem'), error.message);
  }
}

async function showDay() {
  const stream = byId('stream').value;
  if (!stream) return;
  try {
    const day = await recordedDay(stream, byId('day').value);
    state.recordings = day.recordings;
    say(byId('list-problem'), null);
    timeline.show(day.start, day.minutes);
    listRecordings();
  } catch (error) {
    say(byId('list-problem'), error.message);
  }
}

function listRecordings() {
  byId('none').hidden = state.recordings.length > 0;
  byId('recordings').replaceChildren(
    ...state.recordings.map((recording) => {
      const time = new Date(recording.start).toLocaleTimeString();
      const labels = recording.labels.map((seen) => seen.label).join(', ');
      const pressed = String(recording.id === state.recording?.id);
      const lock = recording.protected_segments > 0 ? ' · protected' : '';
      const text = `${time} · ${Math.round(recording.duration_s)} s${labels ? ` · ${labels}` : ''}${lock}`;
      const button = create('button', { type: 'button', 'aria-pressed': pressed, 'data-id': recording.id }, text);
      button.addEventListener('click', () => choose(recording.id));
      return create('li', {}, button);
    }),
  );
}

function choose(id) {
  const recording = state.recordings.find((each) => each.id === id);
  if (recording) play(recording, nanosOf(recording.start));
}

/** Plays what was recorded at a moment, Unix milliseconds, or next after it. */
function playFrom(millis) {
  const recording = recordingAt(state.recordings, millis);
  if (recording) play(recording, BigInt(Math.max(millis, Date.parse(recording.start))) * 1_000_000n);
}

function play(recording, fromNanos) {
  state.recording = recording;
  say(byId('stage-note'), null);
  byId('view-title').textContent = `${recording.stream} · ${new Date(recording.start).toLocaleString()}`;
  enable(byId('protect'), true);
  byId('protect').textContent = recording.protected_segments > 0 ? 'Do not protect' : 'Protect';
  history.replaceState(null, '', `#${[recording.stream, byId('day').value, recording.id].map(encodeURIComponent).join('/')}`);
  listRecordings();
  playback.openAt(recording.id, fromNanos);
}

function showFrame(frame) {
  state.frame = frame;
  const millis = Number(BigInt(frame.capture_time_ns) / 1_000_000n);
  byId('position').textContent = `${new Date(millis).toLocaleTimeString()} · frame ${frame.frame_number}`;
  byId('position').dataset.frame = frame.frame_number;
  timeline.mark(millis);
}

const millisOf = (nanos) => (nanos === null ? null : Number(nanos / 1_000_000n));

function mark(which) {
  if (!state.frame) return;
  state[which] = BigInt(state.frame.capture_time_ns);
  byId(which).textContent = new Date(millisOf(state[which])).toLocaleTimeString();
  timeline.select(millisOf(state.from), millisOf(state.to));
  byId('export').disabled = state.from === null || state.to === null || state.from > state.to;
}

/** The frame at the end is part of the clip. */
function exportClip(event) {
  event.preventDefault();
  const link = create('a', { href: archive.clipUrl(state.recording.stream, seconds(state.from), seconds(state.to + 1n)), download: '' });
  link.click();
}

async function protect() {
  const { id, protected_segments: before } = state.recording;
  const from = state.from === null ? '0' : seconds(state.from);
  const to = state.to === null ? '9000000000' : seconds(state.to + 1n);
  try {
    await archive.protect(id, from, to, before === 0);
    say(byId('clip-problem'), null);
    await showDay();
    state.recording = state.recordings.find((each) => each.id === id) ?? state.recording;
    byId('protect').textContent = state.recording.protected_segments > 0 ? 'Do not protect' : 'Protect';
  } catch (error) {
    say(byId('clip-problem'), error.message);
  }
}

for (const what of ['boxes', 'labels', 'masks']) {
  const button = byId(`show-${what}`);
  button.addEventListener('click', () => button.setAttribute('aria-pressed', String(stage.toggle(what))));
}
byId('play').addEventListener('click', () => playback.togglePlay());
video.addEventListener('play', () => (byId('play').textContent = 'Pause'));
video.addEventListener('pause', () => (byId('play').textContent = 'Play'));
byId('speed').addEventListener('change', () => (playback.speed = Number(byId('speed').value)));
byId('span').addEventListener('change', () => timeline.zoom(byId('span').value));
byId('stream').addEventListener('change', showDay);
byId('day').addEventListener('change', showDay);
byId('mark-from').addEventListener('click', () => mark('from'));
byId('mark-to').addEventListener('click', () => mark('to'));
byId('clip').addEventListener('submit', exportClip);
byId('protect').addEventListener('click', protect);
document.addEventListener('keydown', (event) => {
  if (event.key === 'k' && !event.target.closest?.('input, select')) playback.togglePlay();
});
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
start();
