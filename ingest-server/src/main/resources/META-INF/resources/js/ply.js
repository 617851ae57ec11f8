// Reads the maps that slam-service writes: binary little-endian PLY with x, y, z as float32.

/** The points of a PLY file as one Float32Array, x, y, z after each other; throws where it is another kind of file. */
export function pointsOfPly(buffer) {
  const head = new TextDecoder('latin1').decode(buffer.slice(0, 2048));
  const end = head.indexOf('end_header\n');
  const count = /element vertex (\d+)/.exec(head);
  if (!head.startsWith('ply\nformat binary_little_endian 1.0\n') || end < 0 || !count) throw new Error('not a map');
  const from = end + 'end_header\n'.length;
  return new Float32Array(buffer.slice(from, from + Number(count[1]) * 12));
}
