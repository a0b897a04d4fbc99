import { describeError } from '../base/describe.js';

/**
 * A schema that validates: the part of Standard Schema, version 1 (https://standardschema.dev), that Footbridge uses. zod, valibot,
 * ArkType and others implement it.
 */
export interface StandardSchema<Input = unknown> {
  readonly '~standard': {
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Returns the issues of a value, or its validated form. */
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>;
    /** Only for the compiler. */
    readonly types?: { readonly input: Input; readonly output: unknown } | undefined;
  };
}

/** The result of a schema: issues, or none. */
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

/** One thing that is wrong with a detail. */
export interface DetailIssue {
  /** The names and indexes that lead to it, joined by dots; empty for the detail as a whole. */
  readonly path: string;
  /** The schema's own words. */
  readonly message: string;
}

/** Returns the issues that a schema finds in a detail; a promise if the schema returns one. An error of the schema is an issue. */
export function detailIssues(
  schema: StandardSchema,
  detail: unknown,
): readonly DetailIssue[] | Promise<readonly DetailIssue[]> {
  try {
    const result: SchemaResult | PromiseLike<SchemaResult> = schema['~standard'].validate(detail);
    return 'then' in result ? Promise.resolve(result).then(issuesOf).catch(failed) : issuesOf(result);
  } catch (error) {
    return failed(error);
  }
}

function issuesOf({ issues }: SchemaResult): readonly DetailIssue[] {
  if (!issues) return [];
  const read = Array.from(issues, ({ path = [], message }) => ({
    path: Array.from(path, (step) => String(typeof step === 'object' ? step.key : step)).join('.'),
    message: String(message),
  }));
  return read.length > 0 ? read : [{ path: '', message: 'The schema rejects it without an issue.' }];
}

function failed(error: unknown): readonly DetailIssue[] {
  return [{ path: '', message: `The schema failed: ${describeError(error)}` }];
}
