// Interpolates the boxes of a frame without a result from the results of an earlier and a later frame.

/**
 * The result for a frame between two processed ones: each object that is in both, interpolated linearly. `fraction` is
 * the frame's position between them, 0..1. An object that jumped, or is in one of them only, is omitted: its position in
 * between is unknown.
 */
export function between(before, after, fraction) {
  const later = new Map((after.objects ?? []).map((object) => [object.id, object]));
  const objects = (before.objects ?? [])
    .filter((object) => later.has(object.id) && isNear(object.bbox, later.get(object.id).bbox))
    .map((object) => moved(object, later.get(object.id), fraction));
  return { ...before, objects };
}

/** A jump is a displacement by more than the box's width or height: then the boxes do not overlap. */
function isNear(one, other) {
  const across = Math.abs(one[0] + one[2] / 2 - other[0] - other[2] / 2);
  const down = Math.abs(one[1] + one[3] / 2 - other[1] - other[3] / 2);
  return across < Math.max(one[2], other[2]) && down < Math.max(one[3], other[3]);
}

/** `drawnFrom`: the box that the object's mask belongs to. */
function moved(one, other, fraction) {
  const bbox = one.bbox.map((value, i) => value + (other.bbox[i] - value) * fraction);
  const nearer = fraction < 0.5 ? one : other;
  return { ...nearer, bbox, drawnFrom: nearer.bbox };
}
