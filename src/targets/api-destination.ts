import { isApiDestinationArn } from '../base/arn.js';
import { TargetError } from '../base/target-error.js';
import { handlerReceiver } from './function.js';
import type { TargetKind } from './target-kind.js';

/** API destinations: a handler that returns an HTTP response has failed where its status says so. */
export const apiDestinationTargets: TargetKind = {
  accepts: isApiDestinationArn,
  receiver: (target, host) =>
    handlerReceiver(target, host, {
      check: (returned) =>
        typeof returned === 'object' && returned !== null
          ? Promise.resolve(returned).then((response) => throwForStatus(response, host.clock.now()))
          : returned,
    }),
};

/** The statuses below 500 that EventBridge retries. */
const retriedStatuses = new Set([401, 407, 409, 429]);

/** For a `Response`, or anything else with a `status` other than success. The code is Footbridge's choice. */
function throwForStatus(response: unknown, now: number): void {
  if (typeof response !== 'object' || response === null) return;
  const { status, headers } = response as Partial<Response>;
  if (typeof status !== 'number' || (status >= 200 && status < 300)) return;
  const after = retryAfter(headers?.get?.('retry-after') ?? undefined, now);
  throw new TargetError('ERROR_FROM_TARGET', {
    message: `The endpoint answered with HTTP status ${status}.`,
    // A negative Retry-After asks for no retry.
    retryable: (status >= 500 || retriedStatuses.has(status)) && after >= 0,
    retryAfter: Math.max(0, after),
  });
}

/** Milliseconds: from seconds, or from an HTTP date, which is never negative. */
function retryAfter(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  if (/^-?\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
