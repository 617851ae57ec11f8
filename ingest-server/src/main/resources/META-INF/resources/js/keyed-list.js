// A list in the page that follows a list of the server's.

/**
 * Its elements keep their position and change in place, so that clicks, focus and videos are not lost. Each is owned by
 * an object with `item`, the displayed element, made by `make(key)`; `onRemove(owner)` is called before one goes.
 */
export class KeyedList {
  #parent;
  #make;
  #onRemove;
  #owners = new Map();

  constructor(parent, make, onRemove = () => {}) {
    this.#parent = parent;
    this.#make = make;
    this.#onRemove = onRemove;
  }

  /** Shows `values` in their order, each under its key by `keyOf(value)`; calls `show(owner, value)` for each. */
  show(values, keyOf, show) {
    const keys = values.map(keyOf);
    for (const [key, owner] of this.#owners) {
      if (!keys.includes(key)) {
        this.#onRemove(owner);
        owner.item.remove();
        this.#owners.delete(key);
      }
    }
    values.forEach((value, i) => {
      const owner = this.#ownerOf(keys[i]);
      show(owner, value);
      const there = this.#parent.children[i] ?? null;
      if (there !== owner.item) this.#parent.insertBefore(owner.item, there);
    });
  }

  #ownerOf(key) {
    if (!this.#owners.has(key)) this.#owners.set(key, this.#make(key));
    return this.#owners.get(key);
  }
}
