import type { EventReader } from './event-reader.js';
import type { Placement } from './placement.js';
import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** What one match goes by and gathers. */
export class Search<Id> {
  #ids: Id[] | undefined;
  /** The places of the ids among all ids. */
  #orders: number[] | undefined;
  #ascending = true;

  constructor(
    readonly event: EventReader,
    /** Marks what has been looked at for this event. */
    readonly mark: number,
  ) {}

  /** `exactly`: the keys that have led to the placement are what the event holds. */
  check(placement: Placement<Id>, exactly: boolean): void {
    const { open } = placement;
    for (let i = 0; i < open.length; i++) if (!(open[i] as SharedField).holds(this.event, this.mark)) return;
    const isDecided = exactly && !this.event.isNested;
    if (isDecided && placement.isAlone) this.found(placement.id, placement.order);
    else this.verify(placement.rule, isDecided && placement.rule.isPlain);
  }

  /** `isDecided`: all that the rule asks for is known to hold. */
  verify(rule: Rule<Id>, isDecided: boolean): void {
    const { event, mark } = this;
    if (rule.isDue(mark) && (isDecided || rule.matches(event, mark))) this.found(rule.id, rule.order);
  }

  /** An id may come several times. */
  found(id: Id, order: number): void {
    const ids = this.#ids;
    if (ids === undefined) {
      this.#ids = [id];
      this.#orders = [order];
      return;
    }
    const orders = this.#orders as number[];
    if (order <= (orders[orders.length - 1] as number)) this.#ascending = false;
    ids.push(id);
    orders.push(order);
  }

  /** Each id once, in their order. */
  matches(): Id[] {
    if (this.#ids === undefined) return [];
    return this.#ascending ? this.#ids : inOrder(this.#ids, this.#orders as number[]);
  }
}

/** Up to this many ids are put in order by insertion: they come in a few runs that ascend. */
const fewIds = 64;

function inOrder<Id>(ids: readonly Id[], orders: readonly number[]): Id[] {
  const places = orders.map((_, place) => place);
  if (places.length <= fewIds) insertInOrder(places, orders);
  else places.sort((a, b) => (orders[a] as number) - (orders[b] as number));
  const distinct: Id[] = [];
  let last = -1;
  for (const place of places) {
    const order = orders[place] as number;
    if (order !== last) distinct.push(ids[place] as Id);
    last = order;
  }
  return distinct;
}

function insertInOrder(places: number[], orders: readonly number[]): void {
  for (let i = 1; i < places.length; i++) {
    const place = places[i] as number;
    const order = orders[place] as number;
    let at = i;
    for (; at > 0 && (orders[places[at - 1] as number] as number) > order; at--) places[at] = places[at - 1] as number;
    places[at] = place;
  }
}
