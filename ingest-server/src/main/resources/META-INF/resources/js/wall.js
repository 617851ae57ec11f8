// The page with all streams: start here.

import './bar.js';
import { byId, say, setPill } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { NO_STREAMS, readStreams } from './streams.js';
import { Tile } from './tile.js';

const EVERY_MILLIS = 1000;

const tiles = new KeyedList(
  byId('wall'),
  (name) => new Tile(name),
  (tile) => tile.close(),
);

function show(streams) {
  let bad = 0;
  tiles.show(
    streams,
    (stream) => stream.name,
    (tile, stream) => {
      if (tile.show(stream)) bad += 1;
    },
  );
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
