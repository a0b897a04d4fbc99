import { describeError } from '../base/describe.js';
import { invalid, isServiceError, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { type PublishFailure, PutEventsError } from '../bridge/put-events-error.js';
import { toBatches } from '../events/entry.js';
import type { PublishEvent } from '../events/publish-event.js';
import type { Session, WithSession } from './session.js';

/** Returns the input of a call as JSON text. Throws a ValidationException for what has none. */
export function serializeInput(input: object): string {
  try {
    return JSON.stringify(input, toEpochSeconds) ?? 'null';
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalid(`The input cannot be written as JSON: ${describeError(error).split('\n', 1)[0]}.`);
  }
}

/** Rejects invalid Dates, which JSON would make null. `this[key]`, because JSON.stringify passes a Date as a string. */
function toEpochSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (!(original instanceof Date)) return value;
  if (Number.isNaN(original.getTime())) throw invalid(`${key} must be a time, but is an invalid Date.`);
  return original.getTime() / 1000;
}

/** Timestamps are numbers of seconds in JSON, and all members with this ending are timestamps. */
export function reviveDates(key: string, value: unknown): unknown {
  return key.endsWith('Time') && typeof value === 'number' ? new Date(value * 1000) : value;
}

/** Calls that change nothing: they are repeated when the connection is lost. */
export class IdempotentRequests {
  readonly #withSession: WithSession;
  /** One for each request that has no response yet. */
  readonly #open = new Set<AbortController>();

  constructor(withSession: WithSession) {
    this.#withSession = withSession;
  }

  /** Throws what the bridge threw, or the reason of the signal. */
  async send<Result>(method: string, input: object, signal?: AbortSignal): Promise<Result> {
    const body = serializeInput(input);
    const request = new AbortController();
    const either = signal === undefined ? request.signal : AbortSignal.any([signal, request.signal]);
    this.#open.add(request);
    let result: unknown;
    try {
      result = await abortable(either, () => this.#sendWithRetry((session) => session.call(method, body, either)));
    } finally {
      this.#open.delete(request);
    }
    const { failure } = result as { failure?: string };
    if (failure !== undefined) throw new Error(failure);
    return result as Result;
  }

  /** Rejects all that have no response yet. */
  end(reason: Error): void {
    for (const request of this.#open) request.abort(reason);
  }

  async #sendWithRetry<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await this.#withSession(work);
      } catch (error) {
        if (!isServiceError(error) || error.name !== 'ConnectionLostException') throw error;
      }
    }
  }
}

/** Rejects when the signal aborts, also while no server can be reached. */
function abortable<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work().then(resolve, reject);
  });
}

const maxEventsPerCall = 100;
const maxCharsPerCall = 1_048_576;

interface PublishResult {
  /** For each event its id, or `null`. */
  readonly ids: readonly (string | null)[];
  readonly failures?: readonly PublishFailure[];
}

/** Returns the ids of all events, or throws a PutEventsError that says which were not accepted. */
export async function remotePublish(withSession: WithSession, input: unknown): Promise<string | string[]> {
  const isList = isArray(input);
  // Serialized first, so that nothing is sent if one of them cannot be.
  const events = Array.from(isList ? input : [input], serializeEvent);
  const limits = { items: maxEventsPerCall, below: maxCharsPerCall + 1 };
  const calls = [...toBatches(events, ({ length }) => length, limits)];
  const ids: (string | undefined)[] = [];
  const failures: PublishFailure[] = [];
  for (const call of calls) {
    const first = ids.length;
    try {
      const result = await withSession((session) => session.call('publish', `{"events":[${call.join(',')}]}`));
      const { ids: accepted, failures: rejected = [] } = result as PublishResult;
      ids.push(...accepted.map((id) => id ?? undefined));
      failures.push(...rejected.map((failure) => ({ ...failure, index: failure.index + first })));
    } catch (error) {
      if (!isConnectionError(error) && calls.length === 1) throw error;
      const { name, message } = error as Error;
      call.forEach((_, index) => {
        failures.push({ index: first + index, errorCode: name, errorMessage: message });
        ids.push(undefined);
      });
    }
  }
  if (failures.length > 0) throw new PutEventsError(failures, ids);
  return isList ? (ids as string[]) : (ids[0] as string);
}

function isConnectionError(error: unknown): boolean {
  return isServiceError(error) && ['ConnectionLostException', 'ServerUnreachableException'].includes(error.name);
}

function serializeEvent(event: unknown, index: number): string {
  if (typeof event !== 'object' || event === null) {
    throw invalidEvent(index, `it is ${describeValue(event)}, not an object`);
  }
  try {
    const { time, ...rest } = event as PublishEvent;
    return JSON.stringify({ ...rest, time: readTime(time) });
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalidEvent(index, `it cannot be written as JSON: ${describeError(error).split('\n', 1)[0]}`);
  }
}

/** Rejects invalid times, which JSON would make null: that would mean now. */
function readTime(time: PublishEvent['time']): number | string | undefined {
  const value = time instanceof Date ? time.getTime() / 1000 : time;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw invalid(`The time of an event must be a time, but is ${value}.`);
  }
  return value;
}

function invalidEvent(index: number, reason: string): ServiceError {
  return invalid(`Event ${index} cannot be published: ${reason}.`);
}
