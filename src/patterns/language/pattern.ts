import type { AddressBlock } from './cidr.js';
import type { CaseForms } from './ignore-case.js';
import type { LongNumber } from './number.js';
import type { WildcardSegments } from './wildcard.js';

/** What a field of an event can hold: objects and arrays only lead to fields. */
export type FieldValue = string | number | boolean | null | LongNumber;

/** One bound of a numeric range. */
export interface NumericBound {
  readonly value: number;
  readonly inclusive: boolean;
}

/** One way for a value to match. `operand` is what the pattern says, the rest is made from it. */
export type Matcher =
  | { readonly kind: 'equals'; readonly operand: FieldValue }
  /** A plain string that spells an address: it equals every spelling of that address. */
  | { readonly kind: 'address'; readonly operand: string; readonly address: AddressBlock }
  | { readonly kind: 'prefix'; readonly operand: string; readonly forms?: CaseForms }
  | { readonly kind: 'suffix'; readonly operand: string; readonly forms?: CaseForms }
  | { readonly kind: 'equals-ignore-case'; readonly operand: string; readonly forms: CaseForms }
  | { readonly kind: 'wildcard'; readonly operand: string; readonly segments: WildcardSegments }
  | { readonly kind: 'numeric'; readonly lower?: NumericBound; readonly upper?: NumericBound }
  | { readonly kind: 'cidr'; readonly operand: string; readonly block: AddressBlock }
  /** Holds for a value that none of these matches; of an empty list, for none (`{"prefix": []}` is let in, as recorded). */
  | { readonly kind: 'anything-but'; readonly not: readonly Matcher[] }
  | { readonly kind: 'exists'; readonly operand: boolean };

/** The list under one name of a pattern: some value at `path` must match one of `matchers`. */
export interface Field {
  /** The names that lead to it, joined by dots. */
  readonly path: string;
  /** The list's JSON text. */
  readonly source: string;
  readonly matchers: readonly Matcher[];
  /** Whether the list holds `{"exists": false}`. */
  readonly allowsAbsence: boolean;
}

/** A pattern as it is written: fields and `$or`s in their order. */
export type Clause =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'or'; readonly branches: readonly (readonly Clause[])[] };

/**
 * What must hold together: every field, and one branch of every `$or`. Overrides are resolved, so no choice of branches
 * holds two fields of one path. Branches may share a part with each other.
 */
export interface Conditions<Part = Field> {
  readonly fields: readonly Part[];
  readonly ors: readonly (readonly Conditions<Part>[])[];
}

/** A valid event pattern. */
export interface EventPattern {
  /** The JSON text it was read from. */
  readonly text: string;
  readonly conditions: Conditions;
}

/** How a path may be spelled in an object: its first name, or its first names joined by dots; then the rest. */
export interface Spelling {
  readonly name: string;
  /** Whether objects inherit this name, so that having it must be asked for. */
  readonly inherited: boolean;
  /** How the rest may be spelled; undefined where the path ends. */
  readonly rest: readonly Spelling[] | undefined;
}

const mostSteps = 8;

/** The ways to begin a path; undefined for a path of so many names that there are too many. */
export function spellingsOf(steps: readonly string[]): readonly Spelling[] | undefined {
  if (steps.length > mostSteps) return undefined;
  let rests: (readonly Spelling[])[] = [];
  for (let from = steps.length - 1; from >= 0; from--) {
    const spellings = steps.slice(from).map((_, i): Spelling => {
      const name = steps.slice(from, from + i + 1).join('.');
      return { name, inherited: name in Object.prototype, rest: rests[i] };
    });
    rests = [spellings, ...rests];
  }
  return rests[0];
}
