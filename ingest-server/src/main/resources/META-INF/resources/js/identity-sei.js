// The identity that the ingest writes into each frame, as an SEI message: see docs/time.md.

import { ulid } from './live-protocol.js';

const UUID = [0xa3, 0xe1, 0xd0, 0xf4, 0x5b, 0x7c, 0x4d, 0x2e, 0x9c, 0x6f, 0x1e, 0x8b, 0x72, 0xd4, 0xa9, 0x61];
const VERSION = 1;
const BODY_BYTES = 34;
const SEARCHED_BYTES = 4096;

/** `{session, frameNumber, captureTimeMillis}` of a frame's bytes in Annex-B; null without an identity of ours. */
export function readIdentity(bytes) {
  const end = Math.min(bytes.length, SEARCHED_BYTES) - UUID.length;
  for (let at = bytes.indexOf(UUID[0]); at >= 0 && at <= end; at = bytes.indexOf(UUID[0], at + 1)) {
    if (UUID.every((byte, i) => bytes[at + i] === byte)) return readBody(bytes, at + UUID.length);
  }
  return null;
}

function readBody(bytes, at) {
  const body = unescaped(bytes, at);
  const view = new DataView(body.buffer);
  if (body.length < BODY_BYTES || view.getUint8(0) !== VERSION) return null;
  return {
    session: ulid(view.getBigUint64(2), view.getBigUint64(10)),
    frameNumber: Number(view.getBigUint64(18)),
    captureTimeMillis: Number(view.getBigInt64(26) / 1000000n),
  };
}

/** The bytes of the body, without the 3 that is written behind two zeros. */
function unescaped(bytes, at) {
  const body = [];
  let zeros = 0;
  for (let i = at; i < bytes.length && body.length < BODY_BYTES; i++) {
    if (zeros === 2 && bytes[i] === 3) {
      zeros = 0;
    } else {
      zeros = bytes[i] === 0 ? zeros + 1 : 0;
      body.push(bytes[i]);
    }
  }
  return new Uint8Array(body);
}
