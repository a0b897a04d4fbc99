import { describeValue, isArray } from '../../base/unknown-value.js';
import { type Asymmetric, formatValue, isAsymmetric, isPlain, memberPath } from './plain-values.js';

/** A difference at one path. */
export interface Mismatch {
  /** Names joined by dots; empty for the whole value. */
  readonly path: string;
  readonly message: string;
}

const maxMismatches = 20;

/**
 * Compares JSON data with expected values. An object must have the expected members and may have others; an array must be equal
 * element by element; an asymmetric matcher, of any `expect`, decides for itself. It does not use the `equals` that a test
 * runner passes to matchers: that of Bun and of Playwright does not know the asymmetric matchers of other libraries.
 */
export function compareValues(found: unknown, expected: unknown): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  const compare = (actual: unknown, wanted: unknown, path: string): void => {
    if (mismatches.length >= maxMismatches) return;
    const differ = (message: string): void => void mismatches.push({ path, message });
    const name = path === '' ? 'it' : path;
    if (isAsymmetric(wanted)) {
      if (wanted.asymmetricMatch(actual)) return;
      const before = mismatches.length;
      // The member of an `objectContaining` that differs says more than the matcher as a whole.
      const members = membersOf(wanted);
      if (members !== undefined && isPlain(actual)) compare(actual, members, path);
      if (mismatches.length === before) differ(`${name} ${describeFound(actual)}, wanted ${formatValue(wanted)}`);
    } else if (isArray(wanted)) {
      if (!isArray(actual)) differ(`${name} ${describeFound(actual)}, wanted an array`);
      else if (actual.length !== wanted.length)
        differ(`${name} has ${actual.length} elements, wanted ${wanted.length}`);
      else for (let i = 0; i < wanted.length; i++) compare(actual[i], wanted[i], `${path}[${i}]`);
    } else if (isPlain(wanted)) {
      if (!isPlain(actual) || isArray(actual)) differ(`${name} ${describeFound(actual)}, wanted an object`);
      else for (const key of Object.keys(wanted)) compare(ownMember(actual, key), wanted[key], memberPath(path, key));
    } else if (actual !== wanted) {
      differ(`${name} ${describeFound(actual)}, wanted ${formatValue(wanted)}${differenceHint(actual, wanted)}`);
    }
  };
  compare(found, expected, '');
  return mismatches;
}

function ownMember(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function describeFound(value: unknown): string {
  return value === undefined ? 'is missing' : `is ${formatValue(value)}`;
}

function differenceHint(actual: unknown, wanted: unknown): string {
  if (typeof actual === 'string' && typeof wanted === 'string') {
    return actual.toLowerCase() === wanted.toLowerCase() ? ' (case differs)' : '';
  }
  return actual !== undefined && typeof actual !== typeof wanted && String(actual) === String(wanted)
    ? ` (${describeValue(actual)}, not ${describeValue(wanted)})`
    : '';
}

function membersOf(matcher: Asymmetric): unknown {
  const { sample, inverse } = matcher as { sample?: unknown; inverse?: unknown };
  return inverse !== true && isPlain(sample) && String(matcher) === 'ObjectContaining' ? sample : undefined;
}
