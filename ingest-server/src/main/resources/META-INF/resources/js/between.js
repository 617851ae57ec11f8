// Boxes of a frame that nobody looked at, from the results of a frame before it and of one after it.

/**
 * The result for a frame between two that were looked at: each object that is in both, in a straight line from where it
 * was to where it will be. `share` says how far along the frame is, 0..1. An object that leapt, or is in one of them
 * only, is left out: where it was in between is not known.
 */
export function between(before, after, share) {
  const later = new Map((after.objects ?? []).map((object) => [object.id, object]));
  const objects = (before.objects ?? [])
    .filter((object) => later.has(object.id) && isNear(object.bbox, later.get(object.id).bbox))
    .map((object) => moved(object, later.get(object.id), share));
  return { ...before, objects };
}

/** A leap is a way longer than the box's longer side is: then the two have no place in common. */
function isNear(one, other) {
  const across = Math.abs(one[0] + one[2] / 2 - other[0] - other[2] / 2);
  const down = Math.abs(one[1] + one[3] / 2 - other[1] - other[3] / 2);
  return across < Math.max(one[2], other[2]) && down < Math.max(one[3], other[3]);
}

/** `drawnFrom`: the box to which the mask of the object belongs. */
function moved(one, other, share) {
  const bbox = one.bbox.map((value, i) => value + (other.bbox[i] - value) * share);
  const nearer = share < 0.5 ? one : other;
  return { ...nearer, bbox, drawnFrom: nearer.bbox };
}
