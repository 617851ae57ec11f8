// COCO's compressed run-length masks (github.com/cocodataset/cocoapi, common/maskApi.c, rleFrString).

/** Run lengths of `counts`: background first, down the columns. Throws on text that is cut off. */
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

/** One byte per pixel, rows from the top: 1 where the object is. */
export function maskPixels({ size: [height, width], counts }) {
  const pixels = new Uint8Array(width * height);
  let column = 0;
  let at = 0;
  for (const run of runLengths(counts)) {
    if (column) {
      for (let i = at; i < Math.min(at + run, pixels.length); i++) {
        pixels[(i % height) * width + Math.floor(i / height)] = 1;
      }
    }
    at += run;
    column ^= 1;
  }
  return pixels;
}

/** An image of the mask's size in one colour: a light fill and a solid outline. `rgb` is [r, g, b]. */
export function maskImage(mask, [red, green, blue]) {
  const [height, width] = mask.size;
  const pixels = maskPixels(mask);
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

function isEdge(pixels, at, x, y, width, height) {
  return (
    x === 0 ||
    y === 0 ||
    x === width - 1 ||
    y === height - 1 ||
    !(pixels[at - 1] && pixels[at + 1] && pixels[at - width] && pixels[at + width])
  );
}
