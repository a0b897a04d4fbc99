import { LongNumber } from '../language/number.js';
import type { Matcher } from '../language/pattern.js';

/**
 * A key under which a rule can be filed: no value without this key satisfies the matcher it was made from. The other way
 * round it may not hold, so whatever is found under a key is still to be verified.
 */
export interface Anchor {
  /** Which part of a value must be the key. */
  readonly part: 'whole' | 'start' | 'end';
  /** Whether the key is compared with the value's folded text. */
  readonly folded: boolean;
  readonly key: string | number | boolean | null;
  /** Whether the key is all that the matcher requires. */
  readonly full: boolean;
}

/** More alternatives than this would make too many placements for one rule. */
const maxAnchors = 32;

/** The anchors of a field's list, one for each alternative; undefined if some alternative has none. */
export function anchorsOf(matchers: readonly Matcher[]): readonly Anchor[] | undefined {
  if (matchers.length > maxAnchors) return undefined;
  const anchors: Anchor[] = [];
  for (const matcher of matchers) {
    const anchor = anchorOf(matcher);
    if (anchor === undefined) return undefined;
    anchors.push(anchor);
  }
  return anchors;
}

/**
 * Folds case for `equals-ignore-case` and similar matchers: every form in which a character may appear folds to the same string,
 * for all code points and next to any others. Lower case alone would not do.
 */
export function fold(text: string): string {
  return text.toLowerCase().toUpperCase();
}

/** Prefixes and suffixes are indexed by length; longer ones share the next shorter of these lengths. */
export function anchorLength(length: number): number {
  if (length <= 8) return length;
  let step = 2;
  while (length >= step * 8) step *= 2;
  return length - (length % step);
}

function anchorOf(matcher: Matcher): Anchor | undefined {
  switch (matcher.kind) {
    case 'equals':
      // A number that is more exact than a double equals by its spelling only.
      return matcher.operand instanceof LongNumber ? undefined : whole(matcher.operand);
    case 'prefix':
      // A value's closing quote belongs to it for prefixes, and its opening quote for suffixes.
      return matcher.operand.endsWith('"')
        ? undefined
        : start(matcher.forms?.lower ?? matcher.operand, matcher.forms !== undefined);
    case 'suffix':
      return matcher.operand.startsWith('"')
        ? undefined
        : end(matcher.forms?.lower ?? matcher.operand, matcher.forms !== undefined);
    case 'equals-ignore-case':
      return { part: 'whole', folded: true, key: fold(matcher.forms.lower), full: false };
    case 'wildcard': {
      const [first = ''] = matcher.segments;
      if (matcher.segments.length === 1) return whole(first);
      const anchor = start(first, false) ?? end(matcher.segments.at(-1) as string, false);
      return anchor && { ...anchor, full: false };
    }
    default:
      return undefined;
  }
}

function whole(key: Anchor['key']): Anchor {
  return { part: 'whole', folded: false, key, full: true };
}

function start(operand: string, folded: boolean): Anchor | undefined {
  const text = folded ? fold(operand) : operand;
  const length = anchorLength(text.length);
  const full = !folded && length === text.length;
  return text === '' ? undefined : { part: 'start', folded, key: text.slice(0, length), full };
}

function end(operand: string, folded: boolean): Anchor | undefined {
  const text = folded ? fold(operand) : operand;
  const length = anchorLength(text.length);
  const full = !folded && length === text.length;
  return text === '' ? undefined : { part: 'end', folded, key: text.slice(text.length - length), full };
}
