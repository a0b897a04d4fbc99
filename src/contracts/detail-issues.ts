import { describeError } from '../base/describe-error.js';
import type { SchemaResult, StandardSchema } from './standard-schema.js';

/** One thing that is wrong with a detail. */
export interface DetailIssue {
  /** The names and indexes that lead to it, joined by dots; empty for the detail as a whole. */
  readonly path: string;
  /** The schema's own words. */
  readonly message: string;
}

/** What a schema objects to in a detail; a promise if the schema answers one. A schema that throws or rejects objects too. */
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
  const found = Array.from(issues, ({ path = [], message }) => ({
    path: Array.from(path, (step) => String(typeof step === 'object' ? step.key : step)).join('.'),
    message: String(message),
  }));
  return found.length > 0 ? found : [{ path: '', message: 'The schema refuses it and does not say why.' }];
}

function failed(error: unknown): readonly DetailIssue[] {
  return [{ path: '', message: `The schema failed: ${describeError(error)}` }];
}
