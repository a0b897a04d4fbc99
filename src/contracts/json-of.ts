/**
 * What a value is when it has been JSON text and is read again: whatever has a `toJSON`, such as a Date, is what that answers,
 * and functions, symbols and bigints are nothing. Arrays in arrays are followed to a depth of five, since a type that holds
 * arrays of itself would have no end.
 */
export type JsonOf<Value, Depth extends readonly unknown[] = []> = [Value] extends [Json]
  ? Value
  : Value extends Json
    ? Value
    : Value extends { toJSON(...args: never): infer Result }
      ? JsonOf<Result>
      : Value extends symbol | bigint | ((...args: never) => unknown)
        ? never
        : Value extends readonly unknown[]
          ? Depth['length'] extends 5
            ? Value
            : { [Index in keyof Value]: JsonOf<Value[Index], [...Depth, unknown]> }
          : Value extends object
            ? { [Name in keyof Value]: JsonOf<Value[Name]> }
            : Value;

/** What is its own JSON, as far as the compiler knows: it does not know it of an interface. `any` is. */
type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };
