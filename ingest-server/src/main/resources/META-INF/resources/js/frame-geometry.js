// Converts screen positions to pixels of the frame.

/** The position of a pointer event in a frame of `width` × `height` displayed on `canvas`; null outside the frame. */
export function placeOf(event, canvas, width, height) {
  const area = canvas.getBoundingClientRect();
  const x = ((event.clientX - area.left) / area.width) * width;
  const y = ((event.clientY - area.top) / area.height) * height;
  return x >= 0 && y >= 0 && x < width && y < height ? { x, y } : null;
}

/** The box between two positions, as in messages: `[left, top, width, height]`. */
export function boxBetween(one, other) {
  return [Math.min(one.x, other.x), Math.min(one.y, other.y), Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
}

/** The smallest object of a frame result whose box contains the position; undefined without one. */
export function objectAt(result, { x, y }) {
  const holds = ({ bbox: [left, top, width, height], state }) =>
    state !== 'lost' && x >= left && y >= top && x < left + width && y < top + height;
  return (result?.objects ?? []).filter(holds).sort((a, b) => a.bbox[2] * a.bbox[3] - b.bbox[2] * b.bbox[3])[0];
}
