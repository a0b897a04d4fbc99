/**
 * For each character of the pattern, the texts that may stand in its place: its lower-case and its upper-case form, which
 * may differ in length (`ß` is `ß` or `SS`). As recorded this starts from the pattern's characters only, so it is not
 * symmetric: the pattern `ß` matches `SS`, the pattern `ss` does not match `ß`. Characters are code points: AWS's
 * open-source matcher breaks surrogate pairs in two, and then `😀` does not match itself.
 */
export type CaseForms = readonly (readonly [string, string])[];

export function caseForms(text: string): CaseForms {
  return Array.from(text, (character) => [character.toLowerCase(), character.toUpperCase()] as const);
}

// Neither form of a character begins or ends with the other one, so the first form that fits is the only one that can.

export function equalsIgnoringCase(forms: CaseForms, value: string): boolean {
  return placeAtStart(forms, value) === value.length;
}

export function startsIgnoringCase(forms: CaseForms, value: string): boolean {
  return placeAtStart(forms, value) >= 0;
}

export function endsIgnoringCase(forms: CaseForms, value: string): boolean {
  let end = value.length;
  for (let i = forms.length - 1; i >= 0; i--) {
    const [lower, upper] = forms[i] as readonly [string, string];
    if (value.endsWith(lower, end)) end -= lower.length;
    else if (value.endsWith(upper, end)) end -= upper.length;
    else return false;
  }
  return true;
}

/** Where the value goes on behind the forms, or -1. */
function placeAtStart(forms: CaseForms, value: string): number {
  let at = 0;
  for (const [lower, upper] of forms) {
    if (value.startsWith(lower, at)) at += lower.length;
    else if (value.startsWith(upper, at)) at += upper.length;
    else return -1;
  }
  return at;
}
