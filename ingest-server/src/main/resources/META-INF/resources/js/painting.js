// A canvas that is painted anew when what it shows has changed.

/** At most once with each frame of the screen, in the screen's own pixels; also when its size changes. */
export class Painting {
  #canvas;
  #paint;
  #isAsked = false;

  /** `paint(context, unit)`: `unit` pixels of the canvas are one of the page; not called while the canvas has no size. */
  constructor(canvas, paint) {
    this.#canvas = canvas;
    this.#paint = paint;
    new ResizeObserver(() => this.ask()).observe(canvas);
  }

  /** Something has changed. */
  ask() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.#now();
    });
  }

  #now() {
    const unit = devicePixelRatio || 1;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * unit);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * unit);
    if (this.#canvas.width > 0) this.#paint(this.#canvas.getContext('2d'), unit);
  }
}
