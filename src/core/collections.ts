import { freeze } from 'immer';

/** What is kept by name. */
export interface Named {
  readonly Name: string;
}

/**
 * Hears of a change before it is made: what it throws, the change fails with. A record that is added has no `before`, one
 * that is deleted no `after`.
 */
export type ChangeListener<Item> = (before: Item | undefined, after: Item | undefined) => void;

/** Frozen records by name, in the order they were made. A change replaces one record, and is told. */
export class Collection<Item extends Named> {
  readonly #items = new Map<string, Item>();
  readonly #changing: ChangeListener<Item>;

  constructor(changing: ChangeListener<Item> = () => {}) {
    this.#changing = changing;
  }

  get size(): number {
    return this.#items.size;
  }

  get(name: string): Item | undefined {
    return this.#items.get(name);
  }

  values(): Iterable<Item> {
    return this.#items.values();
  }

  /** Adds a record, or replaces the one of its name. */
  put(item: Item): void {
    const before = this.#items.get(item.Name);
    if (before === item) return;
    freeze(item, true);
    this.#changing(before, item);
    this.#items.set(item.Name, item);
  }

  delete(name: string): void {
    const before = this.#items.get(name);
    if (before === undefined) return;
    this.#changing(before, undefined);
    this.#items.delete(name);
  }
}
