import type { Placement } from './placement.js';
import type { Search } from './search.js';
import type { SharedField } from './shared-field.js';

/**
 * Rules that are checked one by one. What most of them need stands here side by side, so that they are not looked up in memory
 * one by one: the first field that a rule has left to ask and, if that is all it asks and it stands nowhere else, its id.
 */
export class OpenList<Id> {
  #placements: Placement<Id>[] = [];
  readonly #firsts: (SharedField | undefined)[] = [];
  readonly #ids: (Id | undefined)[] = [];
  /** The places of the ids among all ids; -1: there is more to ask. */
  readonly #orders: number[] = [];

  get placements(): readonly Placement<Id>[] {
    return this.#placements;
  }

  get length(): number {
    return this.#placements.length;
  }

  push(placement: Placement<Id>): void {
    this.#placements.push(placement);
    this.#note(placement);
  }

  /** Takes out a rule that stands nowhere else; the last one takes its place. */
  remove(placement: Placement<Id>): void {
    const { place } = placement;
    const last = this.#placements.pop() as Placement<Id>;
    const first = this.#firsts.pop();
    const id = this.#ids.pop();
    const order = this.#orders.pop() as number;
    placement.place = -1;
    if (last === placement) return;
    this.#placements[place] = last;
    this.#firsts[place] = first;
    this.#ids[place] = id;
    this.#orders[place] = order;
    if (last.isAlone) last.place = place;
  }

  replace(placements: Placement<Id>[]): void {
    this.#placements = placements;
    this.#firsts.length = 0;
    this.#ids.length = 0;
    this.#orders.length = 0;
    for (const placement of placements) this.#note(placement);
  }

  /** `exactly` as in `Search.check`. */
  checkAll(search: Search<Id>, exactly: boolean): void {
    const firsts = this.#firsts;
    for (let i = 0; i < firsts.length; i++) {
      const first = firsts[i];
      if (first !== undefined && !first.holds(search.event, search.mark)) continue;
      const order = this.#orders[i] as number;
      if (order >= 0 && exactly && !search.event.isNested) search.found(this.#ids[i] as Id, order);
      else search.check(this.#placements[i] as Placement<Id>, exactly);
    }
  }

  #note(placement: Placement<Id>): void {
    const { open, rule } = placement;
    const isLast = open.length <= 1 && placement.isAlone;
    const place = this.#firsts.push(open[0]) - 1;
    if (placement.isAlone) placement.place = place;
    this.#ids.push(isLast ? rule.id : undefined);
    this.#orders.push(isLast ? rule.order : -1);
  }
}
