// Stands between the network and the decoder of WebRTC: names each coded frame by the identity in it, and holds it back.
//
// In: `{delayMillis}`. Out, for each frame: `{rtpTimestamp, key, width, height, codec, dropped}` and, where it has one,
// its identity; `codec` of frames with a sequence parameter set alone.

import { readIdentity } from './identity-sei.js';
import { Pacer } from './pacer.js';

const SEQUENCE_PARAMETER_SET = 7;

let delayMillis = 0;
let setDelay = () => {};

self.onmessage = ({ data }) => {
  delayMillis = data.delayMillis;
  setDelay();
};

self.onrtctransform = async ({ transformer }) => {
  const writer = transformer.writable.getWriter();
  const pacer = new Pacer(({ frame }) => writer.write(frame).catch(() => {}));
  let begun = false;
  setDelay = () => (pacer.delayMillis = begun ? delayMillis : 0);
  const reader = transformer.readable.getReader();
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) return;
    postMessage(described(frame, pacer.dropped));
    const key = frame.type === 'key';
    pacer.push({ frame, key, arrivedAt: performance.now() });
    if (key && !begun) {
      begun = true; // The first one at once: who waits for it asks the server for another.
      setDelay();
    }
  }
};

function described(frame, dropped) {
  const bytes = new Uint8Array(frame.data);
  const { rtpTimestamp, width, height } = frame.getMetadata();
  return { rtpTimestamp, width, height, codec: codecOf(bytes), key: frame.type === 'key', dropped, ...readIdentity(bytes) };
}

/** As `avc1.42e01f`; null without a sequence parameter set in front. */
function codecOf(bytes) {
  const nal = bytes.indexOf(1) + 1;
  if ((bytes[nal] & 31) !== SEQUENCE_PARAMETER_SET) return null;
  return `avc1.${[...bytes.subarray(nal + 1, nal + 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
