// The page with all streams: start here.

import './bar.js';
import { byId, say, setPill } from './dom.js';
import { NO_STREAMS, readStreams } from './streams.js';
import { Tile } from './tile.js';

const EVERY_MILLIS = 1000;

const tiles = new Map();
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    for (const tile of tiles.values()) if (tile.item === target) tile.isSeen = isIntersecting;
  }
});

function tileOf(name) {
  if (!tiles.has(name)) {
    const tile = new Tile(name);
    tiles.set(name, tile);
    seen.observe(tile.item);
  }
  return tiles.get(name);
}

/** Tiles keep their position and change in place, so that videos and focus are not lost. */
function show(streams) {
  const names = streams.map((stream) => stream.name);
  for (const [name, tile] of tiles) {
    if (!names.includes(name)) {
      seen.unobserve(tile.item);
      tile.close();
      tile.item.remove();
      tiles.delete(name);
    }
  }
  const list = byId('wall');
  let bad = 0;
  streams.forEach((stream, i) => {
    const tile = tileOf(stream.name);
    if (tile.show(stream)) bad += 1;
    if (list.children[i] !== tile.item) list.insertBefore(tile.item, list.children[i] ?? null);
  });
  const live = streams.filter((stream) => stream.state === 'live').length;
  setPill(byId('state'), bad ? 'bad' : live ? 'good' : 'waiting', summary(streams.length, live, bad));
}

function summary(count, live, bad) {
  const all = `${live} of ${count} ${count === 1 ? 'stream' : 'streams'} live`;
  return bad ? `${all}, ${bad} with a problem` : all;
}

async function look() {
  try {
    const streams = await readStreams();
    say(byId('problem'), streams.length ? null : NO_STREAMS);
    show(streams);
  } catch (error) {
    setPill(byId('state'), 'bad', 'No answer from the server');
    say(byId('problem'), `Cannot read the list of streams: ${error.message}.`);
  }
  setTimeout(look, EVERY_MILLIS);
}

look();
