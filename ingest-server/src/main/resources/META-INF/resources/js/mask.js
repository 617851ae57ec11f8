// COCO's compressed run-length masks (github.com/cocodataset/cocoapi, common/maskApi.c, rleFrString).

const MAX_PIXELS = 2 ** 26;

/** Run lengths of `counts`: background first, down the columns. Throws on truncated text. */
export function runLengths(counts) {
  const runs = [];
  for (let at = 0; at < counts.length; ) {
    let value = 0;
    let shift = 0;
    let more = true;
    while (more) {
      if (at >= counts.length) throw new Error('mask counts are cut off');
      const code = counts.charCodeAt(at++) - 48;
      value |= (code & 0x1f) << shift;
      more = (code & 0x20) !== 0;
      shift += 5;
      if (!more && (code & 0x10) !== 0) value |= -1 << shift;
    }
    if (runs.length > 2) value += runs[runs.length - 2];
    runs.push(value);
  }
  return runs;
}

/** The object's pixels within their bounding box: `{left, top, width, height, pixels}`, one byte each; null for an empty mask. */
export function maskRegion({ size: [rows, columns], counts }) {
  const inside = insideRuns(counts);
  const end = inside.at(-1)?.[1] ?? 0;
  if (!(end <= rows * columns && rows * columns <= MAX_PIXELS)) throw new Error('mask counts do not fit its size');
  if (inside.length === 0) return null;
  const region = boundsOf(inside, rows);
  const pixels = new Uint8Array(region.width * region.height);
  for (const [from, to] of inside) {
    for (let at = from; at < to; at++) {
      pixels[((at % rows) - region.top) * region.width + Math.floor(at / rows) - region.left] = 1;
    }
  }
  return { ...region, pixels };
}

/** An image of a region in one colour: a light fill and a solid outline. `rgb` is [r, g, b]. */
export function regionImage({ width, height, pixels }, [red, green, blue]) {
  const image = new ImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  const colour = (blue << 16) | (green << 8) | red;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (pixels[at]) words[at] = ((isEdge(pixels, at, x, y, width, height) ? 0xff000000 : 0x50000000) | colour) >>> 0;
    }
  }
  return image;
}

/** The object's pixels as ranges `[from, to)` in the mask's order, down the columns. */
function insideRuns(counts) {
  const inside = [];
  let at = 0;
  runLengths(counts).forEach((run, i) => {
    if (i % 2 === 1 && run > 0) inside.push([at, at + run]);
    at += run;
  });
  return inside;
}

function boundsOf(inside, rows) {
  let top = rows;
  let bottom = 0;
  for (const [from, to] of inside) {
    const crosses = Math.floor(from / rows) !== Math.floor((to - 1) / rows);
    top = Math.min(top, crosses ? 0 : from % rows);
    bottom = Math.max(bottom, crosses ? rows : ((to - 1) % rows) + 1);
  }
  const left = Math.floor(inside[0][0] / rows);
  const right = Math.floor((inside[inside.length - 1][1] - 1) / rows) + 1;
  return { left, top, width: right - left, height: bottom - top };
}

function isEdge(pixels, at, x, y, width, height) {
  return (
    x === 0 ||
    y === 0 ||
    x === width - 1 ||
    y === height - 1 ||
    !(pixels[at - 1] && pixels[at + 1] && pixels[at - width] && pixels[at + width])
  );
}
