import type { Placement } from './placement.js';
import { type PlainTest, type PlainValue, plainTest } from './plain-test.js';
import type { Search } from './search.js';
import type { SharedField } from './shared-field.js';

/** What stands side by side for each rule. */
const width = 6;

type Cell<Id> = PlainTest['kind'] | PlainValue | readonly PlainValue[] | SharedField | Id | Placement<Id> | undefined;

/**
 * Rules that are checked one by one. What most of them need stands in one array, so that they are not looked up in memory one by
 * one: of the first field that a rule has left to ask, the kind of a plain test, the slot, and the test's operand or, of another
 * test, the field; if that is all it asks and it stands nowhere else, its id and the place of that among all ids, which else is
 * -1; the placement.
 */
export class RuleList<Id> {
  readonly #cells: Cell<Id>[] = [];
  /** The least and the most number that each rule wants, from the first rule on that wants any. */
  #bounds: number[] | undefined;

  constructor(placements: readonly Placement<Id>[] = []) {
    for (const placement of placements) this.push(placement);
  }

  get length(): number {
    return this.#cells.length / width;
  }

  placements(): Placement<Id>[] {
    return Array.from({ length: this.length }, (_, place) => this.#placementAt(place * width));
  }

  push(placement: Placement<Id>): void {
    const { open, isAlone, rule } = placement;
    const [first] = open;
    const test = first && plainTest(first.matchers);
    const isLast = isAlone && open.length <= 1;
    if (isAlone) placement.place = this.length;
    this.#keepBounds(test);
    const operand = test === undefined ? first : 'operand' in test ? test.operand : undefined;
    this.#cells.push(
      test?.kind,
      first?.slot,
      operand,
      isLast ? rule.id : undefined,
      isLast ? rule.order : -1,
      placement,
    );
  }

  /** Takes out a rule that stands nowhere else; the last one takes its place. */
  remove({ place }: Placement<Id>): void {
    const cells = this.#cells;
    const last = this.length - 1;
    const moved = this.#placementAt(last * width);
    cells.copyWithin(place * width, last * width);
    cells.length = last * width;
    this.#bounds?.copyWithin(place * 2, last * 2);
    if (this.#bounds !== undefined) this.#bounds.length = last * 2;
    if (moved.isAlone) moved.place = place;
  }

  /** `exactly` as in `Search.check`. */
  checkAll(search: Search<Id>, exactly: boolean): void {
    const { event } = search;
    const cells = this.#cells;
    for (let at = 0; at < cells.length; at += width) {
      if (cells[at + 1] !== undefined && this.#excludes(at, search)) continue;
      const order = cells[at + 4] as number;
      if (exactly && order >= 0 && !event.isNested) search.found(cells[at + 3] as Id, order);
      else search.check(cells[at + 5] as Placement<Id>, exactly);
    }
  }

  /** Whether what the rule asks first does not hold. */
  #excludes(at: number, { event, mark }: Search<Id>): boolean {
    const kind = this.#cells[at] as PlainTest['kind'] | undefined;
    if (kind === undefined) return (this.#cells[at + 2] as SharedField).excludes(event, mark);
    const value = event.read(this.#cells[at + 1] as number);
    if (value === undefined) return true;
    if (typeof value !== 'object' || value === null) return !this.#holds(kind, at, value);
    return (this.#placementAt(at).open[0] as SharedField).excludes(event, mark);
  }

  #holds(kind: PlainTest['kind'], at: number, value: PlainValue): boolean {
    const operand = this.#cells[at + 2];
    switch (kind) {
      case 'equals':
        return value === operand;
      case 'differs':
        return value !== operand;
      case 'is among':
        return (operand as readonly PlainValue[]).includes(value);
      case 'differs from each':
        return !(operand as readonly PlainValue[]).includes(value);
      case 'starts':
        return typeof value === 'string' && value.startsWith(operand as string);
      case 'ends':
        return typeof value === 'string' && value.endsWith(operand as string);
      case 'lies between': {
        const bounds = this.#bounds as number[];
        const bound = (at / width) * 2;
        return (
          typeof value === 'number' && value >= (bounds[bound] as number) && value <= (bounds[bound + 1] as number)
        );
      }
      case 'exists':
        return true;
    }
  }

  #keepBounds(test: PlainTest | undefined): void {
    if (test?.kind === 'lies between') {
      this.#bounds ??= Array.from({ length: this.length * 2 }, () => Number.NaN);
      this.#bounds.push(test.least, test.most);
    } else this.#bounds?.push(Number.NaN, Number.NaN);
  }

  #placementAt(at: number): Placement<Id> {
    return this.#cells[at + 5] as Placement<Id>;
  }
}
