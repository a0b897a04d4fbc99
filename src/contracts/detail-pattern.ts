import type { MatcherFor, Scalar } from './matcher-for.js';

/**
 * A pattern for a detail: its shape, with a list of what is wanted in place of each value. Every member may be left out, and
 * `undefined` leaves it out. A field of objects in an array is named without index. Where the detail is a union a pattern
 * may name the fields of any of its types. Of what is `any`, `unknown`, `object` or `{}` any pattern is taken.
 *
 * Checked only at run time, where the pattern is rejected: a list without elements, two operators in one pair of braces, dotted names.
 */
export type DetailPattern<Detail> = unknown extends Detail ? LoosePattern : NamedPattern<Detail>;

/** Of `object` and `{}` no name is known. */
type NamedPattern<Shape> = [NamesOf<Shape>] extends [never] ? LoosePattern : ObjectPattern<Shape>;

/** A pattern for an untyped value: under each name, a list or a nested pattern. */
export interface LoosePattern {
  readonly [name: string]: LooseField;
}

type LooseField = readonly unknown[] | LoosePattern | undefined;

/** Objects of several types are one here, as the event may have any of them. */
type ObjectPattern<Shape> = {
  readonly [Name in NamesOf<Shape>]?: FieldPattern<ValueAt<Shape, Name>> | undefined;
} & OrOf<Shape>;

/** Where every name may be a field's, as in a record, `$or` cannot be distinguished from one. */
type OrOf<Shape> =
  string extends NamesOf<Shape>
    ? unknown
    : {
        /** At least two patterns, of which one must hold. */
        readonly $or?:
          | readonly [ObjectPattern<Shape>, ObjectPattern<Shape>, ...(readonly ObjectPattern<Shape>[])]
          | undefined;
      };

type NamesOf<Shape> = Shape extends unknown ? Exclude<keyof Shape, symbol> : never;

type ValueAt<Shape, Name extends PropertyKey> = Shape extends { readonly [N in Name]?: infer Value } ? Value : never;

type FieldPattern<Value> = unknown extends Value ? LooseField : FlatPattern<ItemOf<Value>>;

/** Of what `ItemOf` makes. */
type FlatPattern<Value> = unknown extends Value
  ? LooseField
  : [ObjectIn<Value>] extends [never]
    ? readonly MatcherFor<Value>[]
    : [Extract<Value, Scalar>] extends [never]
      ? NamedPattern<ObjectIn<Value>>
      : readonly MatcherFor<Value>[] | NamedPattern<ObjectIn<Value>>;

type ObjectIn<Value> = Value extends Scalar | undefined | ((...args: never) => unknown)
  ? never
  : Value extends object
    ? Value
    : never;

/**
 * The type of the values at a path: arrays are flattened, and `toJSON` counts. Written out to a depth of five, since a recursive
 * type of arrays would never end.
 */
type ItemOf<Value> = Value extends readonly (infer Item)[] ? ItemOf2<Item> : JsonValue<Value>;
type ItemOf2<Value> = Value extends readonly (infer Item)[] ? ItemOf3<Item> : JsonValue<Value>;
type ItemOf3<Value> = Value extends readonly (infer Item)[] ? ItemOf4<Item> : JsonValue<Value>;
type ItemOf4<Value> = Value extends readonly (infer Item)[] ? ItemOf5<Item> : JsonValue<Value>;
type ItemOf5<Value> = Value extends readonly unknown[] ? never : JsonValue<Value>;

type JsonValue<Value> = Value extends { toJSON(...args: never): infer Json } ? Json : Value;

/**
 * The type of a value after `JSON.stringify` and `JSON.parse`: what has a `toJSON`, such as a Date, becomes its result, and
 * functions, symbols and bigints vanish. Nested arrays are followed to a depth of five, since a recursive type of arrays would never
 * end.
 */
export type Jsonify<Value, Depth extends readonly unknown[] = []> = [Value] extends [Json]
  ? Value
  : Value extends Json
    ? Value
    : Value extends { toJSON(...args: never): infer Result }
      ? Jsonify<Result>
      : Value extends symbol | bigint | ((...args: never) => unknown)
        ? never
        : Value extends readonly unknown[]
          ? Depth['length'] extends 5
            ? Value
            : { [Index in keyof Value]: Jsonify<Value[Index], [...Depth, unknown]> }
          : Value extends object
            ? { [Name in keyof Value]: Jsonify<Value[Name]> }
            : Value;

/** What is its own JSON, as far as the compiler knows: it does not know it of an interface. `any` is. */
type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };
