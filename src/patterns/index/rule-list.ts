import { LongNumber } from '../language/number.js';
import type { Matcher, NumericBound } from '../language/pattern.js';
import type { SharedField } from '../reference/rule.js';
import type { IndexMatch } from './index-match.js';
import type { Placement } from './placement.js';

/** The number of cells for each rule. */
const cellsPerRule = 6;

type Cell<Id> =
  | InlineTest['kind']
  | InlineValue
  | readonly InlineValue[]
  | SharedField
  | Id
  | Placement<Id>
  | undefined;

/**
 * Rules that are checked one by one. What most of them need is in one array, so that they are not looked up in memory one by one: of
 * the first remaining field of a rule, the kind of its inline test, the slot, and the operand or, without an inline test, the field;
 * if that is its only condition and its only placement, the rule's id and its rank, which is otherwise -1; the placement.
 */
export class RuleList<Id> {
  readonly #cells: Cell<Id>[] = [];
  /** The minimum and maximum of each rule's `between` test, once there is one; NaN for other rules. */
  #bounds: number[] | undefined;

  constructor(placements: readonly Placement<Id>[] = []) {
    for (const placement of placements) this.push(placement);
  }

  get length(): number {
    return this.#cells.length / cellsPerRule;
  }

  placements(): Placement<Id>[] {
    return Array.from({ length: this.length }, (_, position) => this.#placementAt(position * cellsPerRule));
  }

  push(placement: Placement<Id>): void {
    const { remainingFields, isOnlyPlacement, rule } = placement;
    const [first] = remainingFields;
    const test = first && inlineTest(first.matchers);
    const isOnlyTest = isOnlyPlacement && remainingFields.length <= 1;
    if (isOnlyPlacement) placement.position = this.length;
    this.#addBounds(test);
    const operand = test === undefined ? first : 'operand' in test ? test.operand : undefined;
    this.#cells.push(
      test?.kind,
      first?.slot,
      operand,
      isOnlyTest ? rule.id : undefined,
      isOnlyTest ? rule.rank : -1,
      placement,
    );
  }

  /** Removes a rule that has no other placement; the last rule moves to its position. */
  remove({ position }: Placement<Id>): void {
    const cells = this.#cells;
    const last = this.length - 1;
    const moved = this.#placementAt(last * cellsPerRule);
    cells.copyWithin(position * cellsPerRule, last * cellsPerRule);
    cells.length = last * cellsPerRule;
    this.#bounds?.copyWithin(position * 2, last * 2);
    if (this.#bounds !== undefined) this.#bounds.length = last * 2;
    if (moved.isOnlyPlacement) moved.position = position;
  }

  /** `exactly` as in `IndexEntry.match`. */
  checkAll(indexMatch: IndexMatch<Id>, keysAreExact: boolean): void {
    const { event } = indexMatch;
    const cells = this.#cells;
    for (let at = 0; at < cells.length; at += cellsPerRule) {
      if (cells[at + 1] !== undefined && this.#rulesOut(at, indexMatch)) continue;
      const rank = cells[at + 4] as number;
      if (keysAreExact && rank >= 0 && !event.isNested) indexMatch.add(cells[at + 3] as Id, rank);
      else (cells[at + 5] as Placement<Id>).match(indexMatch, keysAreExact);
    }
  }

  /** Whether the first condition of the rule is not met. */
  #rulesOut(at: number, { event, mark }: IndexMatch<Id>): boolean {
    const kind = this.#cells[at] as InlineTest['kind'] | undefined;
    if (kind === undefined) return (this.#cells[at + 2] as SharedField).rulesOut(event, mark);
    const value = event.read(this.#cells[at + 1] as number);
    if (value === undefined) return true;
    if (typeof value !== 'object' || value === null) return !this.#matches(kind, at, value);
    return (this.#placementAt(at).remainingFields[0] as SharedField).rulesOut(event, mark);
  }

  #matches(kind: InlineTest['kind'], at: number, value: InlineValue): boolean {
    const operand = this.#cells[at + 2];
    switch (kind) {
      case 'equals':
        return value === operand;
      case 'not-equals':
        return value !== operand;
      case 'one-of':
        return (operand as readonly InlineValue[]).includes(value);
      case 'none-of':
        return !(operand as readonly InlineValue[]).includes(value);
      case 'prefix':
        return typeof value === 'string' && value.startsWith(operand as string);
      case 'suffix':
        return typeof value === 'string' && value.endsWith(operand as string);
      case 'between': {
        const bounds = this.#bounds as number[];
        const bound = (at / cellsPerRule) * 2;
        return (
          typeof value === 'number' && value >= (bounds[bound] as number) && value <= (bounds[bound + 1] as number)
        );
      }
      case 'exists':
        return true;
    }
  }

  #addBounds(test: InlineTest | undefined): void {
    if (test?.kind === 'between') {
      this.#bounds ??= Array.from({ length: this.length * 2 }, () => Number.NaN);
      this.#bounds.push(test.min, test.max);
    } else this.#bounds?.push(Number.NaN, Number.NaN);
  }

  #placementAt(at: number): Placement<Id> {
    return this.#cells[at + 5] as Placement<Id>;
  }
}

/** A value that a double represents exactly. */
export type InlineValue = string | number | boolean | null;

/**
 * A test that a rule list makes itself, with an operand in the list's own array. A closure for each rule, and what it captures, would
 * be further memory accesses.
 */
export type InlineTest =
  | { readonly kind: 'equals' | 'not-equals'; readonly operand: InlineValue }
  | { readonly kind: 'one-of' | 'none-of'; readonly operand: readonly InlineValue[] }
  | { readonly kind: 'prefix' | 'suffix'; readonly operand: string }
  | { readonly kind: 'between'; readonly min: number; readonly max: number }
  | { readonly kind: 'exists' };

/** Returns the inline test that is equivalent to a field's list; undefined if none is. */
export function inlineTest(matchers: readonly Matcher[]): InlineTest | undefined {
  const [matcher] = matchers;
  if (matcher === undefined) return undefined;
  if (matchers.length > 1) {
    const operands = operandsOf(matchers);
    return operands && { kind: 'one-of', operand: operands };
  }
  switch (matcher.kind) {
    case 'equals':
      return matcher.operand instanceof LongNumber ? undefined : { kind: 'equals', operand: matcher.operand };
    case 'prefix':
      return isPlain(matcher) ? { kind: 'prefix', operand: matcher.operand } : undefined;
    case 'suffix':
      return isPlain(matcher) ? { kind: 'suffix', operand: matcher.operand } : undefined;
    case 'numeric':
      return { kind: 'between', min: minOf(matcher.lower), max: maxOf(matcher.upper) };
    case 'anything-but':
      return inequality(matcher.not);
    case 'exists':
      return matcher.operand ? { kind: 'exists' } : undefined;
    default:
      return undefined;
  }
}

/** The quotes of a value count as characters of it. */
function isPlain({ operand, forms }: { operand: string; forms?: unknown }): boolean {
  return forms === undefined && !operand.includes('"');
}

function inequality(not: readonly Matcher[]): InlineTest | undefined {
  const operands = operandsOf(not);
  const [operand] = operands ?? [];
  if (operands === undefined || operand === undefined) return undefined;
  return operands.length === 1 ? { kind: 'not-equals', operand } : { kind: 'none-of', operand: operands };
}

/** More operands are found faster in a set. */
const maxOperands = 4;

/** Returns the values of matchers that are all `equals`. */
function operandsOf(matchers: readonly Matcher[]): readonly InlineValue[] | undefined {
  if (matchers.length > maxOperands) return undefined;
  const operands: InlineValue[] = [];
  for (const matcher of matchers) {
    if (matcher.kind !== 'equals' || matcher.operand instanceof LongNumber) return undefined;
    operands.push(matcher.operand);
  }
  return operands;
}

function minOf(bound: NumericBound | undefined): number {
  if (bound === undefined) return Number.NEGATIVE_INFINITY;
  return bound.inclusive ? bound.value : nextUp(bound.value);
}

function maxOf(bound: NumericBound | undefined): number {
  if (bound === undefined) return Number.POSITIVE_INFINITY;
  return bound.inclusive ? bound.value : -nextUp(-bound.value);
}

const bits = new DataView(new ArrayBuffer(8));

/** The least double above a finite one. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
