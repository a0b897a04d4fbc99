/** A callback that waits for its time. */
export interface Timer {
  readonly time: number;
  /** Of two timers for the same time, the one that was made first is due first. */
  readonly order: number;
  /** `undefined` once the timer was cancelled or has fired. */
  callback: (() => void) | undefined;
}

const maxCancelled = 64;

/** Timers by time, then by the order in which they were made. */
export class TimerHeap {
  #heap: Timer[] = [];
  #cancelled = 0;
  #nextOrder = 0;

  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** The order of the next timer. */
  get nextOrder(): number {
    return this.#nextOrder;
  }

  add(time: number, callback: () => void): Timer {
    const timer = { time, order: this.#nextOrder++, callback };
    this.#heap.push(timer);
    this.#siftUp(this.#heap.length - 1);
    return timer;
  }

  cancel(timer: Timer): void {
    if (timer.callback === undefined) return;
    timer.callback = undefined;
    this.#cancelled++;
    if (this.#cancelled <= maxCancelled || this.#cancelled * 2 < this.#heap.length) return;
    // A sorted list is a heap.
    this.#heap = this.#heap.filter(({ callback }) => callback !== undefined).sort(compare);
    this.#cancelled = 0;
  }

  /** Returns the timer that is due first, without removing it. */
  first(): Timer | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.callback !== undefined) return top;
      this.#removeTop();
      this.#cancelled--;
    }
    return undefined;
  }

  /** Removes the first timer and returns its callback. */
  take(): (() => void) | undefined {
    const timer = this.first();
    if (timer === undefined) return undefined;
    this.#removeTop();
    const { callback } = timer;
    timer.callback = undefined;
    return callback;
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown();
  }

  #siftUp(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  #siftDown(): void {
    for (let at = 0; ; ) {
      const left = at * 2 + 1;
      const right = left + 1;
      if (left >= this.#heap.length) return;
      const child = right < this.#heap.length && compare(this.#at(right), this.#at(left)) < 0 ? right : left;
      if (!this.#swapIfBefore(child, at)) return;
      at = child;
    }
  }

  #swapIfBefore(child: number, parent: number): boolean {
    const [a, b] = [this.#at(child), this.#at(parent)];
    if (compare(a, b) > 0) return false;
    this.#heap[child] = b;
    this.#heap[parent] = a;
    return true;
  }

  #at(index: number): Timer {
    return this.#heap[index] as Timer;
  }
}

function compare(a: Timer, b: Timer): number {
  return a.time - b.time || a.order - b.order;
}
