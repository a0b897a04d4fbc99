import { LongNumber } from '../language/number.js';
import type { Matcher, NumericBound } from '../language/pattern.js';

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
