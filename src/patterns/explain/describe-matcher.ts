import { LongNumber } from '../language/number.js';
import type { FieldValue, Matcher, NumericBound } from '../language/pattern.js';

const maxLength = 80;
const maxNamed = 5;

/** Describes a matcher, to follow the word "wanted": `"paid"`, `> 100`, `anything but prefix "x"`. */
export function describeMatcher(matcher: Matcher): string {
  switch (matcher.kind) {
    case 'equals':
      return describeFieldValue(matcher.operand);
    case 'address':
      return `the address ${describeFieldValue(matcher.operand)}`;
    case 'prefix':
    case 'suffix':
      return `${matcher.kind} ${describeFieldValue(matcher.operand)}${matcher.forms ? ' in any case' : ''}`;
    case 'equals-ignore-case':
      return `${describeFieldValue(matcher.operand)} in any case`;
    case 'wildcard':
      return `wildcard ${describeFieldValue(matcher.operand)}`;
    case 'numeric':
      return [bound('>', matcher.lower), bound('<', matcher.upper)].filter((part) => part !== '').join(' and ');
    case 'cidr':
      return `an address in ${matcher.operand}`;
    case 'anything-but':
      return `anything but ${anyOf(matcher.not.map(describeMatcher))}`;
    case 'exists':
      return matcher.operand ? 'a value' : 'no value';
  }
}

/** Returns a value as JSON, truncated if it is long. */
export function describeFieldValue(value: FieldValue): string {
  const text = value instanceof LongNumber ? value.text : JSON.stringify(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** `a`, `a or b`, `a, b or c`; of a long list the beginning and how many more. */
export function anyOf(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  const named = parts.length > maxNamed ? parts.slice(0, maxNamed) : parts.slice(0, -1);
  const last = parts.length > maxNamed ? `${parts.length - maxNamed} more` : parts.at(-1);
  return `${named.join(', ')} or ${last}`;
}

/** Returns the type of a value with its article. */
export function kindOf(value: FieldValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a string';
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}

function bound(sign: '>' | '<', at: NumericBound | undefined): string {
  return at === undefined ? '' : `${sign}${at.inclusive ? '=' : ''} ${describeFieldValue(at.value)}`;
}
