/** What a field can hold. */
export type Scalar = string | number | boolean | null;

/** An element of the list of a field of type `Value`: one of its values, or an operator that can match one. */
export type MatcherFor<Value> = [Value] extends [string | undefined]
  ? StringMatcher<StringPattern<Value>>
  : [Value] extends [number | undefined]
    ? NumberMatcher<NumberOf<Value>>
    :
        | ([Extract<Value, string>] extends [never] ? never : StringMatcher<StringPattern<Value>>)
        | ([Extract<Value, number>] extends [never] ? never : NumberMatcher<NumberOf<Value>>)
        | Extract<Value, boolean | null>
        | Exists;

/** The string values: those of an enum may be written as strings, and a branded string is any string. */
type StringPattern<Value> = Value extends string
  ? [keyof Value] extends [keyof string]
    ? Value | `${Value}`
    : string
  : never;

/** The numbers themselves; a branded number is any number. */
type NumberOf<Value> = Value extends number ? ([keyof Value] extends [keyof number] ? Value : number) : never;

/** An element of the list of a string field. */
export type StringMatcher<Text extends string> =
  | Text
  | Equals<Text>
  | Prefix
  | Suffix
  | EqualsIgnoreCase
  | Wildcard
  | Cidr
  | AnythingBut<Text | NonString>
  | Exists;

/** An element of the list of a number field. */
export type NumberMatcher<Value extends number> = Value | Numeric | AnythingBut<Value> | Exists;

/** The value is there, or is not. */
export interface Exists {
  readonly exists: boolean;
}

/** This string, even if it spells an address. */
export interface Equals<Text extends string> {
  readonly exactly: Text;
}

/** Strings that begin so. */
export interface Prefix {
  readonly prefix: string | EqualsIgnoreCase;
}

/** Strings that end so. */
export interface Suffix {
  readonly suffix: string | EqualsIgnoreCase;
}

/** This string in any case. */
export interface EqualsIgnoreCase {
  readonly 'equals-ignore-case': string;
}

/** Strings of this form: `*` is any run of characters. */
export interface Wildcard {
  readonly wildcard: string;
}

/** Addresses of this block. */
export interface Cidr {
  readonly cidr: string;
}

/** Any value but this one, or none of these. */
export interface AnythingBut<Not extends string | number | NonString> {
  readonly 'anything-but': Not | readonly Exclude<Not, NonString>[];
}

/** The forms of string that a value must not have. */
export type NonString =
  | { readonly prefix: string | readonly string[] }
  | { readonly suffix: string | readonly string[] }
  | { readonly wildcard: string | readonly string[] }
  | { readonly 'equals-ignore-case': string | readonly string[] };

/** Numbers of this range. */
export interface Numeric {
  readonly numeric: NumericRange;
}

/** One comparison, or a lower bound and then an upper one. */
export type NumericRange =
  | readonly ['=' | '<' | '<=' | '>' | '>=', number]
  | readonly ['>' | '>=', number, '<' | '<=', number];
