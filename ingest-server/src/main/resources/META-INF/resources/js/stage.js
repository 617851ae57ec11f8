// The canvas: one frame and the result of exactly that frame, drawn together.

import { drawResult } from './overlay.js';

const FAINT = 0.55;

/** Owns the displayed frame until the next one replaces it. */
export class Stage {
  #canvas;
  #context;
  #frame = null;
  #result = undefined;
  #isFaint = false;

  /** Number of the highlighted object; null for none. */
  chosen = null;

  show = { boxes: true, labels: true, masks: true };

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false });
    new ResizeObserver(() => this.redraw()).observe(canvas);
  }

  /**
   * Displays a frame with a result, if there is one; takes ownership of the frame. `isFaint`: the result is that
   * of an earlier frame, and is drawn as one.
   */
  draw(frame, result, isFaint = false) {
    this.#frame?.close();
    this.#frame = frame;
    this.#result = result;
    this.#isFaint = isFaint;
    this.redraw();
  }

  /** `{width, height}` of the displayed frame, in its own pixels; null without one. */
  get frameSize() {
    return this.#frame && { width: this.#frame.displayWidth, height: this.#frame.displayHeight };
  }

  /** Shows or hides boxes, labels or masks; returns whether they are shown now. */
  toggle(what) {
    this.show[what] = !this.show[what];
    this.redraw();
    return this.show[what];
  }

  /** The result of the displayed frame arrived after it was drawn. */
  addResult(result) {
    this.#result = result;
    this.#isFaint = false;
    this.redraw();
  }

  clear() {
    this.#frame?.close();
    this.#frame = null;
    this.#result = undefined;
    this.#context.fillStyle = '#0b0e13';
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  redraw() {
    if (!this.#frame) return;
    const { displayWidth, displayHeight } = this.#frame;
    this.#fit(displayWidth, displayHeight);
    const { width, height } = this.#canvas;
    this.#context.drawImage(this.#frame, 0, 0, width, height);
    if (this.#result) {
      const unit = width / (this.#canvas.clientWidth || width);
      this.#context.globalAlpha = this.#isFaint ? FAINT : 1;
      this.#drawResult({ width, height, unit, show: this.show, chosen: this.chosen });
      this.#context.globalAlpha = 1;
    }
  }

  /** Results arrive as their producers wrote them: a malformed one is not drawn, and the video goes on. */
  #drawResult(options) {
    this.#context.save();
    try {
      drawResult(this.#context, this.#result, options);
    } catch (error) {
      console.warn('malformed result', error);
      this.#result = undefined;
    } finally {
      this.#context.restore();
    }
  }

  /** Sets the canvas to its size in screen pixels, with the frame's aspect ratio. */
  #fit(frameWidth, frameHeight) {
    this.#canvas.style.aspectRatio = `${frameWidth} / ${frameHeight}`;
    this.#canvas.parentElement.style.setProperty('--shape', frameWidth / frameHeight);
    const screenWidth = Math.round((this.#canvas.clientWidth || frameWidth) * (window.devicePixelRatio || 1));
    const width = Math.max(1, Math.min(screenWidth, Math.max(frameWidth, 1920)));
    const height = Math.max(1, Math.round((width * frameHeight) / frameWidth));
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
  }
}
