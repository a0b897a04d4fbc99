import { type Duration, readDuration } from '../base/clock/clock.js';
import { Gate } from '../delivery/gate.js';
import type { Terms } from '../delivery/recipient.js';

/** On what terms a handler is called. */
export interface HandlerOptions {
  /** How many attempts may run at once; the others wait in their order. No bound. */
  readonly concurrency?: number | undefined;
  /**
   * How long an attempt may take on the bridge's clock until it fails with `TIMEOUT`. `'15m'`, as Lambda allows; behind the
   * ARN of an API destination `'5s'`, as EventBridge allows an endpoint.
   */
  readonly timeout?: Duration | undefined;
}

const longestRun = 900_000;

export const unbounded: Terms = { timeout: Number.POSITIVE_INFINITY, gate: undefined };

/** What the options say, which were checked before; `longest` in milliseconds where they name no timeout. */
export function readTerms(
  { concurrency = Number.POSITIVE_INFINITY, timeout }: HandlerOptions,
  longest = longestRun,
): Terms {
  const gate = concurrency === Number.POSITIVE_INFINITY ? undefined : new Gate(concurrency);
  return { timeout: readDuration(timeout) ?? longest, gate };
}
