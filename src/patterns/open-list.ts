import type { Placement } from './placement.js';
import type { Search } from './search.js';
import type { SharedField } from './shared-field.js';

/**
 * Rules that are checked one by one. The first field that each has left to ask stands beside it, so that a rule which fails
 * there, as most do, is not itself looked up in memory.
 */
export class OpenList<Id> {
  #placements: Placement<Id>[] = [];
  readonly #firsts: (SharedField | undefined)[] = [];

  get placements(): readonly Placement<Id>[] {
    return this.#placements;
  }

  get length(): number {
    return this.#placements.length;
  }

  push(placement: Placement<Id>): void {
    this.#placements.push(placement);
    this.#firsts.push(placement.open[0]);
  }

  replace(placements: Placement<Id>[]): void {
    this.#placements = placements;
    this.#firsts.length = 0;
    for (const { open } of placements) this.#firsts.push(open[0]);
  }

  /** `exactly` as in `Search.check`. */
  checkAll(search: Search<Id>, exactly: boolean): void {
    const firsts = this.#firsts;
    for (let i = 0; i < firsts.length; i++) {
      const first = firsts[i];
      if (first !== undefined && !first.holds(search.event, search.mark)) continue;
      search.check(this.#placements[i] as Placement<Id>, exactly);
    }
  }
}
