import type { JsonShape } from '../base/json/json-shape.js';
import { deepFreeze } from '../base/unknown-value.js';

/** What is kept by name. */
export interface Named {
  readonly Name: string;
}

/** A kind of record: what its collection is called in a snapshot, and what each of its records must be like. */
export interface CollectionType<Item extends Named = Named> {
  readonly name: string;
  /** Absent for what every bridge has: `snapshots` knows that, so that a bridge without snapshots need not. */
  readonly shape?: JsonShape;
  /** The bus that a record belongs to, for a kind that has a collection for each bus. */
  busOf?(record: Item): string;
}

/**
 * Hears of a change before it is made: what it throws, the change fails with. A record that is added has no `before`, one
 * that is deleted no `after`.
 */
export type ChangeListener<Item> = (before: Item | undefined, after: Item | undefined) => void;

/** Frozen records by name, in the order they were made. A change replaces one record, and is told. */
export class Collection<Item extends Named> {
  readonly #items = new Map<string, Item>();
  readonly #listeners: readonly ChangeListener<Item>[];

  constructor(listeners: readonly ChangeListener<Item>[] = []) {
    this.#listeners = listeners;
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
    deepFreeze(item);
    for (const onChange of this.#listeners) onChange(before, item);
    this.#items.set(item.Name, item);
  }

  delete(name: string): void {
    const before = this.#items.get(name);
    if (before === undefined) return;
    for (const onChange of this.#listeners) onChange(before, undefined);
    this.#items.delete(name);
  }
}

/**
 * All records of one bridge: a collection for each kind of record, and for a kind that belongs to buses one for each bus. What is
 * derived from the records listens to their changes.
 */
export class Store {
  readonly #collections = new Map<string, Map<string, Collection<never>>>();
  readonly #listeners = new Map<string, ChangeListener<never>[]>();

  /** The records of a kind, or those of them that belong to one bus. */
  collection<Item extends Named>(type: CollectionType<Item>, bus = ''): Collection<Item> {
    const ofBuses = this.#ofBuses(type.name);
    let collection = ofBuses.get(bus) as Collection<Item> | undefined;
    if (collection === undefined) {
      collection = new Collection(this.#listenersOf(type));
      ofBuses.set(bus, collection as unknown as Collection<never>);
    }
    return collection;
  }

  /** Adds a record to its collection. */
  put<Item extends Named>(type: CollectionType<Item>, record: Item): void {
    this.collection(type, type.busOf?.(record)).put(record);
  }

  /** All records of a kind, those of the first bus first. */
  all<Item extends Named>(type: CollectionType<Item>): Item[] {
    return Array.from(this.#ofBuses(type.name).values(), (collection) => [...collection.values()]).flat();
  }

  /** Lets go of the records that belong to a bus, untold: what is derived from them is derived from the bus. */
  dropBus(type: CollectionType, bus: string): void {
    this.#ofBuses(type.name).delete(bus);
  }

  /** Calls back before each change of a record of this kind, in the order in which the listeners were added. */
  onChange<Item extends Named>(type: CollectionType<Item>, listener: ChangeListener<Item>): void {
    this.#listenersOf(type).push(listener);
  }

  #listenersOf<Item extends Named>({ name }: CollectionType<Item>): ChangeListener<Item>[] {
    const listeners = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, listeners);
    return listeners as ChangeListener<Item>[];
  }

  #ofBuses(name: string): Map<string, Collection<never>> {
    const ofBuses = this.#collections.get(name) ?? new Map<string, Collection<never>>();
    this.#collections.set(name, ofBuses);
    return ofBuses;
  }
}
