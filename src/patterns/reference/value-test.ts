import { type AddressBlock, blockHolds, parseAddress } from '../language/cidr.js';
import { endsIgnoringCase, equalsIgnoringCase, startsIgnoringCase } from '../language/ignore-case.js';
import { isInteger, LongNumber } from '../language/number.js';
import type { FieldValue, Matcher, NumericBound } from '../language/pattern.js';
import { wildcardMatches } from '../language/wildcard.js';

export type ValueTest = (value: FieldValue) => boolean;

/** Tests whether a value of an event satisfies one matcher. `holdsNumbers`: addresses are compared with numbers too. */
function valueTest(matcher: Matcher, includesNumbers: boolean): ValueTest {
  switch (matcher.kind) {
    case 'equals':
      return equalTo(matcher.operand);
    case 'numeric':
      return between(matcher.lower, matcher.upper);
    case 'anything-but':
      return noneOf(matcher.not);
    case 'exists':
      return () => matcher.operand;
    case 'prefix': {
      const { forms, operand } = matcher;
      // A value ends with its closing quote: the prefix `b"` matches the value `b` (recorded).
      const whole = operand.endsWith('"') ? closed : asIs;
      if (forms !== undefined) return (value) => typeof value === 'string' && startsIgnoringCase(forms, whole(value));
      return (value) => typeof value === 'string' && whole(value).startsWith(operand);
    }
    case 'suffix': {
      const { forms, operand } = matcher;
      const whole = operand.startsWith('"') ? opened : asIs;
      if (forms !== undefined) return (value) => typeof value === 'string' && endsIgnoringCase(forms, whole(value));
      return (value) => typeof value === 'string' && whole(value).endsWith(operand);
    }
    case 'equals-ignore-case':
      return (value) => typeof value === 'string' && equalsIgnoringCase(matcher.forms, value);
    case 'wildcard':
      return (value) => typeof value === 'string' && wildcardMatches(matcher.segments, value);
    case 'address':
      return addressIn({ first: matcher.address, last: matcher.address }, includesNumbers);
    case 'cidr':
      return addressIn(matcher.block, includesNumbers);
  }
}

const listTests = new WeakMap<readonly Matcher[], ValueTest>();

/** Whether a value satisfies some element of a list. */
export function listTest(matchers: readonly Matcher[]): ValueTest {
  const cached = listTests.get(matchers);
  if (cached !== undefined) return cached;
  const test = anyTest(matchers);
  listTests.set(matchers, test);
  return test;
}

/** The same, made anew. */
export function anyTest(matchers: readonly Matcher[]): ValueTest {
  const includesNumbers = !matchers.some(comparesNumbers);
  const make = (matcher: Matcher) => valueTest(matcher, includesNumbers);
  const tests = matchers.length > maxLinearValues ? severalTests(matchers, make) : matchers.map(make);
  const [first = never, second = never] = tests;
  if (tests.length === 1) return first;
  if (tests.length === 2) return (value) => first(value) || second(value);
  return (value) => tests.some((test) => test(value));
}

/** More values than this are looked up in a set. */
const maxLinearValues = 16;

function severalTests(matchers: readonly Matcher[], make: (matcher: Matcher) => ValueTest): readonly ValueTest[] {
  const values = new Set<FieldValue>();
  const others: Matcher[] = [];
  for (const matcher of matchers) {
    if (matcher.kind === 'equals' && !(matcher.operand instanceof LongNumber)) values.add(matcher.operand);
    else others.push(matcher);
  }
  const isAmong: ValueTest = (value) =>
    value instanceof LongNumber ? values.has(value.value) && value.isExact : values.has(value);
  return [isAmong, ...others.map(make)];
}

function equalTo(operand: FieldValue): ValueTest {
  if (operand instanceof LongNumber) {
    if (!isInteger(operand.text)) return never;
    return (value) => value instanceof LongNumber && value.text === operand.text;
  }
  if (typeof operand !== 'number') return (value) => value === operand;
  return (value) => value === operand || (value instanceof LongNumber && value.value === operand && value.isExact);
}

function between(lower: NumericBound | undefined, upper: NumericBound | undefined): ValueTest {
  const low = lower?.value ?? Number.NEGATIVE_INFINITY;
  const high = upper?.value ?? Number.POSITIVE_INFINITY;
  const withLow = lower?.inclusive ?? true;
  const withHigh = upper?.inclusive ?? true;
  return (actual) => {
    const value = actual instanceof LongNumber ? actual.value : actual;
    if (typeof value !== 'number') return false;
    if (!(withLow ? value >= low : value > low) || !(withHigh ? value <= high : value < high)) return false;
    return actual === value || (actual as LongNumber).isExact;
  };
}

function noneOf(matchers: readonly Matcher[]): ValueTest {
  const any = anyTest(matchers);
  return (value) => !any(value);
}

/** Once a list compares numbers, the service's matcher no longer sees their digits. */
function comparesNumbers(matcher: Matcher): boolean {
  if (matcher.kind === 'anything-but') return matcher.not.some(comparesNumbers);
  return matcher.kind === 'numeric' || (matcher.kind === 'equals' && typeof matcher.operand === 'number');
}

function addressIn(block: AddressBlock, includesNumbers: boolean): ValueTest {
  return (value) => {
    const digits = digitsOf(value, includesNumbers);
    return digits !== undefined && blockHolds(block, digits);
  };
}

function digitsOf(value: FieldValue, includesNumbers: boolean): string | undefined {
  if (typeof value === 'string') return parseAddress(value);
  if (!includesNumbers) return undefined;
  if (typeof value === 'number') return String(value);
  return value instanceof LongNumber ? value.text : undefined;
}

function never(): boolean {
  return false;
}

function asIs(value: string): string {
  return value;
}

function closed(value: string): string {
  return `${value}"`;
}

function opened(value: string): string {
  return `"${value}`;
}
