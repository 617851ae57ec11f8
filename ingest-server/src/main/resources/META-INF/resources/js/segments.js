// The segments of a whole frame (mode `segment`): each belongs to its frame alone, and has no identity.

/** Whether an object of a frame result is one. */
export function isSegment(object) {
  return object.prompt === 'segment';
}
