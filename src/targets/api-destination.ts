import { parseArn } from '../base/arn.js';
import type { Clock } from '../base/clock/clock.js';
import { TargetError } from '../base/target-error.js';
import type { Receiver } from '../delivery/recipient.js';

/** Milliseconds that EventBridge waits for the answer of an endpoint. */
export const longestAnswer = 5000;

/** Beside all from 500 on, which statuses EventBridge tries again after. */
const retried = new Set([401, 407, 409, 429]);

export function isApiDestinationArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'events' && arn.resource.startsWith('api-destination/');
}

/** The endpoint behind an API destination: a function that answers an HTTP response has failed where its status says so. */
export function endpointReceiver(receiver: Receiver, clock: Clock): Receiver {
  const judge = (answer: unknown): void => {
    const refusal = refusalOf(answer, clock.now());
    if (refusal !== undefined) throw refusal;
  };
  return {
    ...receiver,
    attempt: (attempt) => {
      const answer = receiver.attempt(attempt);
      return typeof answer === 'object' && answer !== null ? Promise.resolve(answer).then(judge) : answer;
    },
  };
}

/** For a `Response`, or whatever else has a `status` that is no success. The code is Footbridge's choice. */
function refusalOf(answer: unknown, now: number): TargetError | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { status, headers } = answer as Partial<Response>;
  if (typeof status !== 'number' || (status >= 200 && status < 300)) return undefined;
  const after = retryAfter(headers?.get?.('retry-after') ?? undefined, now);
  return new TargetError('ERROR_FROM_TARGET', {
    message: `The endpoint answered with HTTP status ${status}.`,
    // A negative Retry-After asks not to be tried again.
    retryable: (status >= 500 || retried.has(status)) && after >= 0,
    retryAfter: Math.max(0, after),
  });
}

/** Milliseconds: of seconds, or of an HTTP date, which is never negative. */
function retryAfter(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  if (/^-?\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
