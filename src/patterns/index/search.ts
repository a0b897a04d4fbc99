import type { EventReader } from '../readers/event-reader.js';
import { fold } from './anchor.js';
import type { Placement } from './placement.js';
import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** What one match goes by and gathers. */
export class Search<Id> {
  #ids: Id[] | undefined;
  /** The places of the ids among all ids, once there are two. */
  #orders: number[] | undefined;
  #lastOrder = -1;
  #ascending = true;
  #text: string | undefined;
  #folded = '';

  constructor(
    readonly event: EventReader,
    /** Marks what has been looked at for this event. */
    readonly mark: number,
  ) {}

  /** `exactly`: the keys that have led to the placement are what the event holds. */
  check(placement: Placement<Id>, exactly: boolean): void {
    const { open } = placement;
    for (let i = 0; i < open.length; i++) if ((open[i] as SharedField).excludes(this.event, this.mark)) return;
    const isDecided = exactly && !this.event.isNested;
    if (isDecided && placement.isAlone) this.found(placement.rule.id, placement.rule.order);
    else this.verify(placement.rule, isDecided && placement.rule.isPlain);
  }

  /** `isDecided`: all that the rule asks for is known to hold. */
  verify(rule: Rule<Id>, isDecided: boolean): void {
    const { event, mark } = this;
    if (rule.isDue(mark) && (isDecided || rule.matches(event, mark))) this.found(rule.id, rule.order);
  }

  /** A value as tables of folded keys want it. */
  fold(text: string): string {
    if (text !== this.#text) {
      this.#text = text;
      this.#folded = fold(text);
    }
    return this.#folded;
  }

  /** An id may come several times. */
  found(id: Id, order: number): void {
    if (this.#ids === undefined) {
      this.#ids = [id];
    } else {
      this.#orders ??= [this.#lastOrder];
      if (order <= this.#lastOrder) this.#ascending = false;
      this.#ids.push(id);
      this.#orders.push(order);
    }
    this.#lastOrder = order;
  }

  /** Each id once, in their order. */
  matches(): Id[] {
    if (this.#ids === undefined) return [];
    return this.#ascending ? this.#ids : inOrder(this.#ids, this.#orders as number[]);
  }
}

/** Up to this many ids are put in order by insertion: they come in a few runs that ascend. */
const fewIds = 64;

function inOrder<Id>(ids: Id[], orders: number[]): Id[] {
  if (ids.length <= fewIds) insertInOrder(ids, orders);
  else sort(ids, orders);
  let distinct = 0;
  for (let i = 0; i < ids.length; i++) {
    if (i > 0 && orders[i] === orders[i - 1]) continue;
    ids[distinct++] = ids[i] as Id;
  }
  ids.length = distinct;
  return ids;
}

function insertInOrder<Id>(ids: Id[], orders: number[]): void {
  for (let i = 1; i < ids.length; i++) {
    const id = ids[i] as Id;
    const order = orders[i] as number;
    let at = i;
    for (; at > 0 && (orders[at - 1] as number) > order; at--) {
      ids[at] = ids[at - 1] as Id;
      orders[at] = orders[at - 1] as number;
    }
    ids[at] = id;
    orders[at] = order;
  }
}

function sort<Id>(ids: Id[], orders: number[]): void {
  const found = ids.map((id, i) => ({ id, order: orders[i] as number }));
  found.sort((a, b) => a.order - b.order);
  for (const [i, { id, order }] of found.entries()) {
    ids[i] = id;
    orders[i] = order;
  }
}
