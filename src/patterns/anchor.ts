import type { Matcher } from './pattern.js';

/** What a value must share with a pattern's operand: all of it, or its beginning or end, as it is or without its case. */
export type AnchorKind = 'whole' | 'start' | 'end' | 'folded' | 'folded-start' | 'folded-end';

/**
 * A key under which a rule can be filed: no value without this key satisfies the matcher it was made from. The other way
 * round it may not hold, so whatever is found under a key is still to be verified.
 */
export interface Anchor {
  readonly kind: AnchorKind;
  readonly key: string | number | boolean | null;
}

/** More alternatives than this would file one rule in too many places. */
const mostAnchors = 32;

/** The anchors of a field's list, one for each alternative; undefined if some alternative has none. */
export function anchorsOf(matchers: readonly Matcher[]): readonly Anchor[] | undefined {
  if (matchers.length > mostAnchors) return undefined;
  const anchors: Anchor[] = [];
  for (const matcher of matchers) {
    const anchor = anchorOf(matcher);
    if (anchor === undefined) return undefined;
    anchors.push(anchor);
  }
  return anchors;
}

/**
 * A text without its case, as far as `equals-ignore-case` and its like are concerned: every form in which a character may
 * appear folds to the same text, for all code points and next to any others. Lower case alone would not do.
 */
export function fold(text: string): string {
  return text.toLowerCase().toUpperCase();
}

/** Starts and ends are filed by their length; longer ones share the next shorter of these lengths. */
export function anchorLength(length: number): number {
  if (length <= 8) return length;
  let step = 2;
  while (length >= step * 8) step *= 2;
  return length - (length % step);
}

function anchorOf(matcher: Matcher): Anchor | undefined {
  switch (matcher.kind) {
    case 'equals':
      return typeof matcher.operand === 'object' && matcher.operand !== null
        ? undefined
        : { kind: 'whole', key: matcher.operand };
    case 'prefix':
      // A value's closing quote belongs to it for prefixes, and its opening quote for suffixes.
      if (matcher.operand.endsWith('"')) return undefined;
      return matcher.forms ? start('folded-start', fold(matcher.operand)) : start('start', matcher.operand);
    case 'suffix':
      if (matcher.operand.startsWith('"')) return undefined;
      return matcher.forms ? end('folded-end', fold(matcher.operand)) : end('end', matcher.operand);
    case 'equals-ignore-case':
      return { kind: 'folded', key: fold(matcher.operand) };
    case 'wildcard': {
      const [first = ''] = matcher.segments;
      if (matcher.segments.length === 1) return { kind: 'whole', key: first };
      return start('start', first) ?? end('end', matcher.segments.at(-1) as string);
    }
    default:
      return undefined;
  }
}

function start(kind: AnchorKind, text: string): Anchor | undefined {
  return text === '' ? undefined : { kind, key: text.slice(0, anchorLength(text.length)) };
}

function end(kind: AnchorKind, text: string): Anchor | undefined {
  return text === '' ? undefined : { kind, key: text.slice(text.length - anchorLength(text.length)) };
}
