/**
 * A string whose characters may each be in lower or in upper case. The two forms of a character may differ in length (`ß` is `ß`
 * or `SS`). They are made from the pattern only, so this is not symmetric: the pattern `ß` matches `SS`, the pattern `ss` does
 * not match `ß`. The service takes UTF-16 units for characters, and each half of a surrogate pair for a question mark: the
 * pattern `😀` matches `??` and not `😀` (recorded).
 */
export interface CaseForms {
  readonly lower: string;
  readonly upper: string;
  /** Both forms of each character, where the forms of some character are not single units. */
  readonly pairs: readonly (readonly [string, string])[] | undefined;
}

export function caseForms(text: string): CaseForms {
  const pairs = text.split('').map((unit): readonly [string, string] => {
    return isSurrogate(unit) ? ['?', '?'] : [unit.toLowerCase(), unit.toUpperCase()];
  });
  const single = pairs.every(([lower, upper]) => lower.length === 1 && upper.length === 1);
  const [lower, upper] = [0, 1].map((form) => pairs.map((pair) => pair[form]).join('')) as [string, string];
  return { lower, upper, pairs: single ? undefined : pairs };
}

function isSurrogate(unit: string): boolean {
  return unit >= '\ud800' && unit <= '\udfff';
}

export function equalsIgnoringCase(forms: CaseForms, value: string): boolean {
  if (forms.pairs !== undefined) return placeAtStart(forms.pairs, value) === value.length;
  return value.length === forms.lower.length && unitsFit(forms, value, 0);
}

export function startsIgnoringCase(forms: CaseForms, value: string): boolean {
  if (forms.pairs !== undefined) return placeAtStart(forms.pairs, value) >= 0;
  return value.length >= forms.lower.length && unitsFit(forms, value, 0);
}

export function endsIgnoringCase(forms: CaseForms, value: string): boolean {
  if (forms.pairs !== undefined) return fitsAtEnd(forms.pairs, value);
  const start = value.length - forms.lower.length;
  return start >= 0 && unitsFit(forms, value, start);
}

function unitsFit({ lower, upper }: CaseForms, value: string, start: number): boolean {
  for (let i = 0; i < lower.length; i++) {
    const unit = value.charCodeAt(start + i);
    if (unit !== lower.charCodeAt(i) && unit !== upper.charCodeAt(i)) return false;
  }
  return true;
}

type Pairs = readonly (readonly [string, string])[];

// Neither form of a character begins or ends with the other one, so the first form that fits is the only one that can.

/** Returns the offset behind the forms, or -1. */
function placeAtStart(pairs: Pairs, value: string): number {
  let at = 0;
  for (const [lower, upper] of pairs) {
    if (value.startsWith(lower, at)) at += lower.length;
    else if (value.startsWith(upper, at)) at += upper.length;
    else return -1;
  }
  return at;
}

function fitsAtEnd(pairs: Pairs, value: string): boolean {
  let end = value.length;
  for (let i = pairs.length - 1; i >= 0; i--) {
    const [lower, upper] = pairs[i] as readonly [string, string];
    if (value.endsWith(lower, end)) end -= lower.length;
    else if (value.endsWith(upper, end)) end -= upper.length;
    else return false;
  }
  return true;
}
