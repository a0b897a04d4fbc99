import type { Failure } from './outcome.js';

/** Another attempt follows, at a time in epoch milliseconds. */
export type Again =
  | { readonly kind: 'retry'; readonly at: number; readonly failure: Failure }
  /** The Lambda function threw and is invoked once more. */
  | { readonly kind: 'invoke-again'; readonly at: number; readonly error: unknown };
