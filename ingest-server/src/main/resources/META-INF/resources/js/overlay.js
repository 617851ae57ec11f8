// Draws a frame's result: masks, boxes, labels.

import { maskRegion, regionImage } from './mask.js';
import { isSegment } from './segments.js';

const GOLDEN_ANGLE = 137.508;
const DASHES = { tentative: [4, 4], occluded: [2, 5], lost: [1, 8] };

/** A hue per object, the same in every frame. */
export function colourOf(id) {
  const number = Number.isFinite(Number(id)) ? Number(id) : [...String(id)].reduce((sum, c) => sum * 31 + c.codePointAt(0), 7);
  return hslToRgb((number * GOLDEN_ANGLE) % 360, 0.9, 0.6);
}

/** The same as CSS writes it. */
export function cssColourOf(id) {
  const [r, g, b] = colourOf(id);
  return `rgb(${r} ${g} ${b})`;
}

/**
 * Draws `result` (the body of a frame result) over a frame that fills `width` × `height` pixels of `context`.
 * `show` selects boxes, labels and masks; a segment of a whole frame is drawn as a mask only; the box of `chosen` is drawn thicker; `unit` is the size of one CSS pixel in canvas pixels.
 */
export function drawResult(context, result, { width, height, unit, show, chosen = null }) {
  const scale = { x: width / result.width, y: height / result.height, unit };
  const objects = result.objects ?? [];
  if (show.masks) objects.forEach((object) => drawMask(context, object, width, height, scale));
  const named = objects.filter((object) => !isSegment(object));
  if (show.boxes) named.forEach((object) => drawBox(context, object, scale, object.id === chosen));
  if (show.labels) named.forEach((object) => drawLabel(context, object, scale));
}

function drawMask(context, object, width, height, scale) {
  const colour = colourOf(object.id);
  if (object.mask) {
    withMoved(context, object, scale, () => drawRegion(context, object.mask, colour, width, height));
  } else if (object.polygon?.length) {
    withMoved(context, object, scale, () => drawPolygons(context, object.polygon, colour, scale));
  }
}

/** A mask that belongs to another box of the object, `drawnFrom`, is translated and scaled with the box. */
function withMoved(context, { bbox, drawnFrom }, { x, y }, draw) {
  if (!drawnFrom || drawnFrom[2] <= 0 || drawnFrom[3] <= 0) {
    draw();
    return;
  }
  const [wider, taller] = [bbox[2] / drawnFrom[2], bbox[3] / drawnFrom[3]];
  context.save();
  context.translate((bbox[0] - drawnFrom[0] * wider) * x, (bbox[1] - drawnFrom[1] * taller) * y);
  context.scale(wider, taller);
  try {
    draw();
  } finally {
    context.restore();
  }
}

function drawRegion(context, mask, colour, width, height) {
  const region = maskRegion(mask);
  if (!region) return;
  const layer = new OffscreenCanvas(region.width, region.height);
  layer.getContext('2d').putImageData(regionImage(region, colour), 0, 0);
  const [rows, columns] = mask.size;
  const x = width / columns;
  const y = height / rows;
  context.drawImage(layer, region.left * x, region.top * y, region.width * x, region.height * y);
}

/** Polygons as COCO writes them, `[[x1, y1, x2, y2, …], …]`, or as points `[[x, y], …]`. */
function drawPolygons(context, polygon, [r, g, b], { x, y, unit }) {
  const isPoints = polygon.every((part) => Array.isArray(part) && part.length === 2);
  const rings = isPoints ? [polygon.flat()] : polygon;
  context.beginPath();
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) context.lineTo(ring[i] * x, ring[i + 1] * y);
    context.closePath();
  }
  context.fillStyle = `rgb(${r} ${g} ${b} / 0.3)`;
  context.fill('evenodd');
  context.lineWidth = 1.5 * unit;
  context.strokeStyle = `rgb(${r} ${g} ${b})`;
  context.stroke();
}

function drawBox(context, object, { x, y, unit }, isChosen) {
  const [left, top, boxWidth, boxHeight] = object.bbox;
  context.lineWidth = (isChosen ? 5 : 2) * unit;
  context.strokeStyle = cssColourOf(object.id);
  context.setLineDash((DASHES[object.state] ?? []).map((length) => length * unit));
  context.strokeRect(left * x, top * y, boxWidth * x, boxHeight * y);
  context.setLineDash([]);
}

function drawLabel(context, object, { x, y, unit }) {
  const score = object.score == null ? '' : ` ${Math.round(object.score * 100)}%`;
  const text = `${object.label ?? 'object'} #${object.id}${score}`;
  const [r, g, b] = colourOf(object.id);
  context.font = `600 ${12 * unit}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  const labelWidth = context.measureText(text).width + 10 * unit;
  const labelHeight = 18 * unit;
  const left = Math.max(0, Math.min(object.bbox[0] * x - unit, context.canvas.width - labelWidth));
  const top = object.bbox[1] * y - labelHeight;
  const inside = top < 0 ? object.bbox[1] * y : top;
  context.fillStyle = `rgb(${r} ${g} ${b})`;
  context.fillRect(left, inside, labelWidth, labelHeight);
  context.fillStyle = isBright([r, g, b]) ? '#10141a' : '#ffffff';
  context.fillText(text, left + 5 * unit, inside + labelHeight / 2);
}

function isBright([r, g, b]) {
  return 0.299 * r + 0.587 * g + 0.114 * b > 140;
}

function hslToRgb(hue, saturation, lightness) {
  const a = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  });
}
