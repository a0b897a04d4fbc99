const compactThreshold = 1024;

/** A first-in, first-out queue with removal in constant time. */
export class Fifo<Item> {
  /** Positions of removed items are `undefined`, so that the items can be collected. */
  #items: (Item | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  /** The item that is removed next. */
  get first(): Item | undefined {
    return this.#items[this.#first];
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  dequeue(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.#first === this.#items.length) this.dequeueAll();
    else if (this.#first > compactThreshold && this.#first * 2 > this.#items.length) this.#items = this.dequeueAll();
    return item;
  }

  items(): Item[] {
    return this.#items.slice(this.#first) as Item[];
  }

  dequeueAll(): Item[] {
    const items = this.items();
    this.#items = [];
    this.#first = 0;
    return items;
  }
}
