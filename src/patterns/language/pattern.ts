import type { AddressBlock, AddressDigits } from './cidr.js';
import type { CaseForms } from './ignore-case.js';
import type { LongNumber } from './number.js';
import type { WildcardSegments } from './wildcard.js';

/** What a field of an event can hold: objects and arrays only lead to fields. */
export type FieldValue = string | number | boolean | null | LongNumber;

/** One bound of a numeric range. */
export interface NumericBound {
  /** The bound. */
  readonly value: number;
  /** Whether the bound itself is within. */
  readonly inclusive: boolean;
}

/** One way for a value to match. `operand` is what the pattern says, the rest is made from it. */
export type Matcher =
  | { readonly kind: 'equals'; readonly operand: FieldValue }
  /** A plain string that spells an address: it equals every spelling of that address. */
  | { readonly kind: 'address'; readonly operand: string; readonly address: AddressDigits }
  | { readonly kind: 'prefix'; readonly operand: string; readonly forms?: CaseForms }
  | { readonly kind: 'suffix'; readonly operand: string; readonly forms?: CaseForms }
  | { readonly kind: 'equals-ignore-case'; readonly operand: string; readonly forms: CaseForms }
  | { readonly kind: 'wildcard'; readonly operand: string; readonly segments: WildcardSegments }
  | { readonly kind: 'numeric'; readonly lower?: NumericBound; readonly upper?: NumericBound }
  | { readonly kind: 'cidr'; readonly operand: string; readonly block: AddressBlock }
  /** Holds for a value that none of these matches. */
  | { readonly kind: 'anything-but'; readonly not: readonly Matcher[] }
  | { readonly kind: 'exists'; readonly operand: boolean };

/** The list under one name of a pattern: some value at `path` must match one of `matchers`. */
export interface Field {
  /** The names that lead to it, joined by dots. */
  readonly path: string;
  /** The list's JSON text. */
  readonly source: string;
  /** The elements of its list; one must match. */
  readonly matchers: readonly Matcher[];
  /** Whether the list holds `{"exists": false}`. */
  readonly allowsAbsence: boolean;
}

/** A pattern as written: fields and `$or`s in order. */
export type Clause =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'or'; readonly branches: readonly (readonly Clause[])[] };

/**
 * What must hold together: every field, and one branch of every `$or`. Overrides are resolved, so no choice of branches
 * holds two fields of one path. Branches may share a part with each other.
 */
export interface Conditions<Part = Field> {
  /** The conditions on fields; all must hold. */
  readonly fields: readonly Part[];
  /** The branches of each `$or`; one of each must hold. */
  readonly ors: readonly (readonly Conditions<Part>[])[];
}

/** A valid event pattern. */
export interface EventPattern {
  /** The JSON text it was read from. */
  readonly text: string;
  /** What an event must satisfy. */
  readonly conditions: Conditions;
}

/** Every field of a pattern; branches that are shared count once. */
export function fieldsOf<Part>(conditions: Conditions<Part>): readonly Part[] {
  const fields: Part[] = [];
  const seen = new Set<Conditions<Part>>();
  const open = [conditions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const field of next.fields) fields.push(field);
    for (const branches of next.ors) for (const branch of branches) open.push(branch);
  }
  return fields;
}
