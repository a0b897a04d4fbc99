import { Fifo } from '../base/fifo.js';

/** Lets so many attempts through at once; the others wait in their order. */
export class Gate {
  readonly #width: number;
  readonly #waiting = new Fifo<() => boolean>();
  #inside = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Whether there is room inside. If not, `callIn` is called when there is: it answers whether it still goes in. */
  enter(callIn: () => boolean): boolean {
    if (this.#inside >= this.#width) {
      this.#waiting.add(callIn);
      return false;
    }
    this.#inside++;
    return true;
  }

  /** One goes out, and the next that still wants to goes in. */
  leave(): void {
    for (let callIn = this.#waiting.take(); callIn !== undefined; callIn = this.#waiting.take()) if (callIn()) return;
    this.#inside--;
  }
}
