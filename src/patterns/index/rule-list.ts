import { LongNumber } from '../language/number.js';
import type { Matcher, NumericBound } from '../language/pattern.js';
import type { SharedField } from '../reference/rule.js';
import type { Placement } from './placement.js';
import type { Search } from './search.js';

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
    if (isAlone) placement.position = this.length;
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
  remove({ position: place }: Placement<Id>): void {
    const cells = this.#cells;
    const last = this.length - 1;
    const moved = this.#placementAt(last * width);
    cells.copyWithin(place * width, last * width);
    cells.length = last * width;
    this.#bounds?.copyWithin(place * 2, last * 2);
    if (this.#bounds !== undefined) this.#bounds.length = last * 2;
    if (moved.isAlone) moved.position = place;
  }

  /** `exactly` as in `IndexEntry.match`. */
  checkAll(search: Search<Id>, exactly: boolean): void {
    const { event } = search;
    const cells = this.#cells;
    for (let at = 0; at < cells.length; at += width) {
      if (cells[at + 1] !== undefined && this.#excludes(at, search)) continue;
      const order = cells[at + 4] as number;
      if (exactly && order >= 0 && !event.isNested) search.found(cells[at + 3] as Id, order);
      else (cells[at + 5] as Placement<Id>).match(search, exactly);
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

/** A value that is not spelled more exactly than a double. */
export type PlainValue = string | number | boolean | null;

/**
 * A test that a list of rules makes itself: what it needs stands beside the rule, where a function of its own would have to be
 * looked up in memory, and what it holds as well.
 */
export type PlainTest =
  | { readonly kind: 'equals' | 'differs'; readonly operand: PlainValue }
  | { readonly kind: 'is among' | 'differs from each'; readonly operand: readonly PlainValue[] }
  | { readonly kind: 'starts' | 'ends'; readonly operand: string }
  | { readonly kind: 'lies between'; readonly least: number; readonly most: number }
  | { readonly kind: 'exists' };

/** The plain test that says the same as a field's list; undefined if there is none. */
export function plainTest(matchers: readonly Matcher[]): PlainTest | undefined {
  const [matcher] = matchers;
  if (matcher === undefined) return undefined;
  if (matchers.length > 1) {
    const operands = operandsOf(matchers);
    return operands && { kind: 'is among', operand: operands };
  }
  switch (matcher.kind) {
    case 'equals':
      return matcher.operand instanceof LongNumber ? undefined : { kind: 'equals', operand: matcher.operand };
    case 'prefix':
      return isPlain(matcher) ? { kind: 'starts', operand: matcher.operand } : undefined;
    case 'suffix':
      return isPlain(matcher) ? { kind: 'ends', operand: matcher.operand } : undefined;
    case 'numeric':
      return { kind: 'lies between', least: leastOf(matcher.lower), most: mostOf(matcher.upper) };
    case 'anything-but':
      return differing(matcher.not);
    case 'exists':
      return matcher.operand ? { kind: 'exists' } : undefined;
    default:
      return undefined;
  }
}

/** The quotes of a value belong to it. */
function isPlain({ operand, forms }: { operand: string; forms?: unknown }): boolean {
  return forms === undefined && !operand.includes('"');
}

function differing(not: readonly Matcher[]): PlainTest | undefined {
  const operands = operandsOf(not);
  const [operand] = operands ?? [];
  if (operands === undefined || operand === undefined) return undefined;
  return operands.length === 1 ? { kind: 'differs', operand } : { kind: 'differs from each', operand: operands };
}

/** More are found sooner in a set. */
const fewOperands = 4;

/** What matchers say that each ask for one value. */
function operandsOf(matchers: readonly Matcher[]): readonly PlainValue[] | undefined {
  if (matchers.length > fewOperands) return undefined;
  const operands: PlainValue[] = [];
  for (const matcher of matchers) {
    if (matcher.kind !== 'equals' || matcher.operand instanceof LongNumber) return undefined;
    operands.push(matcher.operand);
  }
  return operands;
}

function leastOf(bound: NumericBound | undefined): number {
  if (bound === undefined) return Number.NEGATIVE_INFINITY;
  return bound.inclusive ? bound.value : nextAbove(bound.value);
}

function mostOf(bound: NumericBound | undefined): number {
  if (bound === undefined) return Number.POSITIVE_INFINITY;
  return bound.inclusive ? bound.value : -nextAbove(-bound.value);
}

const bits = new DataView(new ArrayBuffer(8));

/** The least double above a finite one. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
