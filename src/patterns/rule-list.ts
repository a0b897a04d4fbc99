import type { Placement } from './placement.js';
import type { Search } from './search.js';
import type { SharedField } from './shared-field.js';

/** What stands side by side for each rule. */
const width = 4;

/**
 * Rules that are checked one by one. What most of them need stands in one array, so that they are not looked up in memory one by
 * one: the first field that a rule has left to ask, if any; if that is all it asks and it stands nowhere else, its id and the place
 * of that among all ids, which else is -1; the placement.
 */
export class RuleList<Id> {
  readonly #cells: (SharedField | Id | number | Placement<Id> | undefined)[] = [];

  constructor(placements: readonly Placement<Id>[] = []) {
    for (const placement of placements) this.push(placement);
  }

  get length(): number {
    return this.#cells.length / width;
  }

  placements(): Placement<Id>[] {
    return Array.from({ length: this.length }, (_, place) => this.#cells[place * width + 3] as Placement<Id>);
  }

  push(placement: Placement<Id>): void {
    const { open, isAlone } = placement;
    const isLast = isAlone && open.length <= 1;
    if (isAlone) placement.place = this.length;
    this.#cells.push(open[0], isLast ? placement.rule.id : undefined, isLast ? placement.rule.order : -1, placement);
  }

  /** Takes out a rule that stands nowhere else; the last one takes its place. */
  remove({ place }: Placement<Id>): void {
    const cells = this.#cells;
    const end = cells.length - width;
    const last = cells[end + 3] as Placement<Id>;
    for (let i = 0; i < width; i++) cells[place * width + i] = cells[end + i];
    cells.length = end;
    if (last.isAlone) last.place = place;
  }

  /** `exactly` as in `Search.check`. */
  checkAll(search: Search<Id>, exactly: boolean): void {
    const { event, mark } = search;
    const cells = this.#cells;
    for (let at = 0; at < cells.length; at += width) {
      const first = cells[at] as SharedField | undefined;
      if (first?.excludes(event, mark)) continue;
      const order = cells[at + 2] as number;
      if (exactly && order >= 0 && !event.isNested) search.found(cells[at + 1] as Id, order);
      else search.check(cells[at + 3] as Placement<Id>, exactly);
    }
  }
}
