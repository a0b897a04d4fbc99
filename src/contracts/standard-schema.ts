/**
 * What Footbridge asks of a schema: the validating part of Standard Schema, version 1 (https://standardschema.dev), which
 * zod, valibot, ArkType and others have.
 */
export interface StandardSchema<Input = unknown> {
  readonly '~standard': {
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Answers what is wrong with a value, or what it makes of it. */
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>;
    /** Only for the compiler. */
    readonly types?: { readonly input: Input; readonly output: unknown } | undefined;
  };
}

/** What a schema answers: issues, or none. */
export interface SchemaResult {
  /** What is wrong; absent if nothing is. */
  readonly issues?: readonly SchemaIssue[] | undefined;
}

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  /** The schema's own words. */
  readonly message: string;
  /** The names and indexes that lead to it. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The type of the details that a schema takes. */
export type DetailOf<Schema extends StandardSchema> = NonNullable<
  Schema['~standard']['types']
>['input'] extends infer Detail extends object
  ? Detail
  : never;
