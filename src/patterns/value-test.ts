import { blockHolds, parseAddress } from './cidr.js';
import { endsIgnoringCase, equalsIgnoringCase, startsIgnoringCase } from './ignore-case.js';
import { InexactNumber } from './number.js';
import type { FieldValue, Matcher } from './pattern.js';
import { wildcardMatches } from './wildcard.js';

/** Whether one value of an event satisfies one element of a pattern's list. */
export function matchesValue(matcher: Matcher, value: FieldValue): boolean {
  switch (matcher.kind) {
    case 'equals':
      return equals(matcher.operand, value);
    case 'numeric': {
      if (typeof value !== 'number') return false;
      const { lower, upper } = matcher;
      if (lower !== undefined && !(lower.inclusive ? value >= lower.value : value > lower.value)) return false;
      return upper === undefined || (upper.inclusive ? value <= upper.value : value < upper.value);
    }
    case 'anything-but':
      return matcher.not.length > 0 && !matcher.not.some((not) => matchesValue(not, value));
    case 'exists':
      return matcher.operand;
  }
  if (typeof value !== 'string') return false;
  switch (matcher.kind) {
    // A value ends, and for a suffix begins, with its JSON quote: the prefix `b"` matches the value `b` (recorded).
    case 'prefix': {
      const quoted = `${value}"`;
      return matcher.forms ? startsIgnoringCase(matcher.forms, quoted) : quoted.startsWith(matcher.operand);
    }
    case 'suffix': {
      const quoted = `"${value}`;
      return matcher.forms ? endsIgnoringCase(matcher.forms, quoted) : quoted.endsWith(matcher.operand);
    }
    case 'equals-ignore-case':
      return equalsIgnoringCase(matcher.forms, value);
    case 'wildcard':
      return wildcardMatches(matcher.segments, value);
    case 'address':
    case 'cidr': {
      const address = parseAddress(value);
      return address !== undefined && blockHolds(matcher.kind === 'cidr' ? matcher.block : matcher.address, address);
    }
  }
}

function equals(operand: FieldValue, value: FieldValue): boolean {
  if (operand instanceof InexactNumber) return value instanceof InexactNumber && value.text === operand.text;
  return operand === value;
}
