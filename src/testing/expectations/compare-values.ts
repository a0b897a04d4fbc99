import equal from 'fast-deep-equal';
import { describeValue, isArray } from '../../base/unknown-value.js';
import { type Asymmetric, isAsymmetric, isPlain, memberPath, showValue } from './plain-values.js';

/** What differs at one place, in words. */
export interface Mismatch {
  /** The names that lead there, joined by dots. */
  readonly path: string;
  readonly message: string;
}

const mostFound = 20;

/**
 * Compares JSON data with values as a person writes them: an object must have the members that are wanted and may have
 * others, an array must be equal element by element, and an asymmetric matcher of any `expect` decides for itself. `equals`
 * compares what is neither.
 */
export function compareValues(
  found: unknown,
  wanted: unknown,
  equals: (a: unknown, b: unknown) => boolean = equal,
): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  const compare = (here: unknown, there: unknown, path: string): void => {
    if (mismatches.length >= mostFound) return;
    const differ = (message: string): void => void mismatches.push({ path, message });
    const name = path === '' ? 'it' : path;
    if (isAsymmetric(there)) {
      if (there.asymmetricMatch(here)) return;
      const before = mismatches.length;
      // Which member of an `objectContaining` it was says more than that it was one.
      const members = membersOf(there);
      if (members !== undefined && isPlain(here)) compare(here, members, path);
      if (mismatches.length === before) differ(`${name} ${isOf(here)}, wanted ${showValue(there)}`);
    } else if (isArray(there)) {
      if (!isArray(here)) differ(`${name} ${isOf(here)}, wanted an array`);
      else if (here.length !== there.length) differ(`${name} has ${here.length} elements, wanted ${there.length}`);
      else for (let i = 0; i < there.length; i++) compare(here[i], there[i], `${path}[${i}]`);
    } else if (isPlain(there)) {
      if (!isPlain(here) || isArray(here)) differ(`${name} ${isOf(here)}, wanted an object`);
      else for (const key of Object.keys(there)) compare(ownMember(here, key), there[key], memberPath(path, key));
    } else if (!equals(here, there)) {
      differ(`${name} ${isOf(here)}, wanted ${showValue(there)}${hint(here, there)}`);
    }
  };
  compare(found, wanted, '');
  return mismatches;
}

function ownMember(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isOf(value: unknown): string {
  return value === undefined ? 'is missing' : `is ${showValue(value)}`;
}

function hint(here: unknown, there: unknown): string {
  if (typeof here === 'string' && typeof there === 'string') {
    return here.toLowerCase() === there.toLowerCase() ? ' (case differs)' : '';
  }
  const kinds = [here, there].map((value) => typeof value);
  return here !== undefined && kinds[0] !== kinds[1] && String(here) === String(there)
    ? ` (${describeValue(here)}, not ${describeValue(there)})`
    : '';
}

function membersOf(matcher: Asymmetric): unknown {
  const { sample, inverse } = matcher as { sample?: unknown; inverse?: unknown };
  return inverse !== true && isPlain(sample) && String(matcher) === 'ObjectContaining' ? sample : undefined;
}
