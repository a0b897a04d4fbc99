import type { Placement } from './placement.js';
import type { Rule } from './rule.js';
import type { Search } from './search.js';

/**
 * Rules that ask for nothing but the keys that have led here, each filed in this place alone. What a match needs of them lies
 * side by side, so that it need not look at every one of them somewhere in memory.
 */
export class DecidedList<Id> {
  readonly #ids: Id[] = [];
  readonly #orders: number[] = [];
  readonly #placements: Placement<Id>[] = [];

  add(placement: Placement<Id>): void {
    const { id, order } = placement.rule;
    placement.place = this.#placements.push(placement) - 1;
    this.#ids.push(id);
    this.#orders.push(order);
  }

  /** The last one takes its place. */
  remove(placement: Placement<Id>): void {
    const { place } = placement;
    const last = this.#placements.pop() as Placement<Id>;
    const id = this.#ids.pop() as Id;
    const order = this.#orders.pop() as number;
    placement.place = -1;
    if (last === placement) return;
    this.#placements[place] = last;
    this.#ids[place] = id;
    this.#orders[place] = order;
    last.place = place;
  }

  matchAll(search: Search<Id>): void {
    for (let i = 0; i < this.#ids.length; i++) search.found(this.#ids[i] as Id, this.#orders[i] as number);
  }

  rules(): readonly Rule<Id>[] {
    return this.#placements.map(({ rule }) => rule);
  }
}
