import { readDuration } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { RetryPolicy } from '../model/target.js';

/** What a member of the options of a method must be, and how to say so. */
export interface OptionCheck {
  readonly holds: (value: unknown) => boolean;
  readonly wanted: string;
}

export const text: OptionCheck = { holds: (value) => typeof value === 'string', wanted: 'a string' };

/** What is in it is checked where it is set. */
export const anyPolicy: OptionCheck = {
  holds: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
  wanted: 'a resource-based policy or its JSON text',
};

export const signal: OptionCheck = { holds: isSignal, wanted: 'an AbortSignal' };

export const retryPolicy: OptionCheck = {
  holds: (value) => isLimits(value as RetryPolicy | null),
  wanted: 'a RetryPolicy: MaximumRetryAttempts 0 to 185, MaximumEventAgeInSeconds 60 to 86,400',
};

export const rate: OptionCheck = {
  holds: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  wanted: 'a number from 0 to 1',
};

/** A bound on how often or how many. */
export const bound: OptionCheck = {
  holds: (value) => value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= 1),
  wanted: 'a whole number, 1 or more, or Infinity',
};

/** Of `waitFor`: which events count. */
export const since: OptionCheck = {
  holds: (value) => value === 'start' || value === 'now',
  wanted: '"start" or "now"',
};

/** What `on` and `handle` may be told of how a handler is called. */
export const handlerChecks = {
  concurrency: bound,
  timeout: {
    holds: (value: unknown) => (readDuration(value) ?? 0) > 0,
    wanted: 'a duration such as "30s" or milliseconds, more than 0',
  },
};

/**
 * Reads the options given to a method of a bridge, each member once; `null` counts as absent. Throws a
 * ValidationException that names the member which is wrong.
 */
export function readCallOptions<Options extends object>(
  method: string,
  options: Options | undefined,
  checks: { readonly [Name in keyof Options]-?: OptionCheck },
): Options {
  const read: Partial<Options> = {};
  if (options === undefined) return read as Options;
  if (typeof options !== 'object' || options === null) {
    throw invalid(`${method}: the options must be an object, but are ${describeValue(options)}.`);
  }
  for (const name of Object.keys(checks) as (keyof Options & string)[]) {
    const { holds, wanted } = checks[name];
    let found = 'unreadable';
    try {
      const value = options[name];
      if (value === undefined || value === null) continue;
      found = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describeValue(value);
      if (holds(value)) {
        read[name] = value;
        continue;
      }
    } catch {
      // A getter or a Proxy threw: told below as what it is.
    }
    throw invalid(`${method}: ${name} must be ${wanted}, but is ${found}.`);
  }
  return read as Options;
}

function isSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { addEventListener, removeEventListener } = value as Partial<AbortSignal>;
  return typeof addEventListener === 'function' && typeof removeEventListener === 'function';
}

function isLimits(value: RetryPolicy | null): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = value;
  return (attempts === undefined || isWhole(attempts, 0, 185)) && (age === undefined || isWhole(age, 60, 86_400));
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
