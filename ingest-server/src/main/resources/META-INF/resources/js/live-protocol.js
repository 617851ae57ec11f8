// The messages of `WS /ws/live/{stream}`: see docs/dashboard.md.

const VERSION = 1;
const FLAG_KEY = 1;
const HEADER_BYTES = 34;
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * One received frame: identity, whether decoding can start here, and its coded bytes (Annex-B).
 * Throws for an unknown version.
 */
export function readFrame(buffer) {
  const view = new DataView(buffer);
  if (view.byteLength < HEADER_BYTES || view.getUint8(0) !== VERSION) {
    throw new Error(`live protocol version ${view.byteLength ? view.getUint8(0) : '?'}, this page speaks ${VERSION}`);
  }
  return {
    key: (view.getUint8(1) & FLAG_KEY) !== 0,
    session: ulid(view.getBigUint64(2), view.getBigUint64(10)),
    frameNumber: Number(view.getBigUint64(18)),
    captureTimeMillis: Number(view.getBigInt64(26) / 1000000n),
    data: new Uint8Array(buffer, HEADER_BYTES),
  };
}

/** The primary key of a frame within one stream. */
export function frameKey(session, frameNumber) {
  return `${session}/${frameNumber}`;
}

/** Two halves of 128 bits as 26 letters of Crockford's base 32 (github.com/ulid/spec). */
export function ulid(most, least) {
  let bits = (most << 64n) | least;
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = LETTERS[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}
