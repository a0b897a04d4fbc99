import type { Conditions, EventPattern, Matcher } from '../patterns/language/pattern.js';

/** Whether a pattern counts against the quota of rules with wildcards. */
export function hasWildcard(pattern: EventPattern): boolean {
  // Branches may share parts: without this set shared ones would be walked once for every way to reach them.
  const seen = new Set<Conditions>();
  const open: Conditions[] = [pattern.conditions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.fields.some((field) => field.matchers.some(isWildcard))) return true;
    open.push(...next.ors.flat());
  }
  return false;
}

function isWildcard(matcher: Matcher): boolean {
  return matcher.kind === 'wildcard' || (matcher.kind === 'anything-but' && matcher.not.some(isWildcard));
}
