// Prints what TensorFlow.js computes with NanoDet's graph and weights made from a formula, which NanodetGraphTest computes again:
// a row per cell, its number and then three scores and three distances.
//
//   npm install @tensorflow/tfjs@4.22.0
//   node reference.js package/models > ../../../common-vision/src/test/resources/dev/aerie/vision/models/nanodet.txt
const tf = require('@tensorflow/tfjs');
const fs = require('fs');
const path = require('path');

const SIDE = 416;
const MEAN = [103.53, 116.28, 123.675];
const DEVIATION = [57.375, 57.12, 58.395];
const CELLS = [0, 1500, 2703, 2804, 3379, 3380, 3461, 3548];
const CLASSES = [0, 17, 79];
const BINS = [0, 13, 43];

/** -1024 ... 1023 for the `place`th 16-bit float of the file. */
function drawn(place) {
  let h = Math.imul(place, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  return ((h ^ (h >>> 13)) >>> 21) - 1024;
}

/** `k` / 16384 as a 16-bit float, which is exact. */
function half(k) {
  if (k === 0) return 0;
  const size = Math.abs(k);
  const exponent = Math.floor(Math.log2(size));
  return (k < 0 ? 0x8000 : 0) | ((exponent + 1) << 10) | (size * 2 ** (10 - exponent) - 1024);
}

function weights(bytes, entries) {
  const halves = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  let at = 0;
  for (const entry of entries) {
    const count = entry.shape.reduce((a, b) => a * b, 1);
    const isHalf = entry.quantization !== undefined;
    for (let i = 0; isHalf && entry.shape.length > 0 && i < count; i++) halves[at / 2 + i] = half(drawn(at / 2 + i));
    at += count * (isHalf ? 2 : 4);
  }
  return halves.buffer;
}

function image() {
  const values = new Float32Array(3 * SIDE * SIDE);
  for (let y = 0, i = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, i++) {
      const pixel = [(7 * x + 3 * y) & 255, ((x ^ y) + 5 * y) & 255, ((x >> 5) + (y >> 5)) % 2 === 0 ? 40 : 215];
      pixel.forEach((value, c) => { values[c * SIDE * SIDE + i] = (value - MEAN[c]) / DEVIATION[c]; });
    }
  }
  return tf.tensor(values, [1, 3, SIDE, SIDE]);
}

async function main(folder) {
  const json = JSON.parse(fs.readFileSync(path.join(folder, 'nanodet.json')));
  const entries = json.weightsManifest[0].weights;
  const weightData = weights(fs.readFileSync(path.join(folder, 'nanodet.bin')), entries);
  const model = await tf.loadGraphModel({
    load: async () => ({ modelTopology: json.modelTopology, weightSpecs: entries, weightData, signature: json.signature }),
  });
  const outputs = model.execute(image());
  const rows = (width) => [2704, 676, 169].flatMap(
    (cells) => outputs.find((each) => each.shape[1] === cells && each.shape[2] === width).arraySync()[0]);
  const scores = rows(80);
  const distances = rows(44);
  for (const cell of CELLS) {
    const numbers = [...CLASSES.map((i) => scores[cell][i]), ...BINS.map((i) => distances[cell][i])];
    console.log([cell, ...numbers.map((number) => number.toPrecision(7))].join(' '));
  }
}

main(process.argv[2]);
