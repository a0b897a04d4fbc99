import { describeError } from '../base/describe.js';
import { invalid, isServiceError, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { type PublishFailure, PutEventsError } from '../bridge/put-events-error.js';
import { inBatches } from '../events/entry.js';
import type { PublishEvent } from '../events/publish-event.js';
import type { Session, WithSession } from './session.js';

/** The input of a call as JSON text. Throws a ValidationException for what has none. */
export function serializeInput(input: object): string {
  try {
    return JSON.stringify(input, toEpochSeconds) ?? 'null';
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalid(`The input has no JSON text: ${describeError(error).split('\n', 1)[0]}.`);
  }
}

/** JSON makes nothing of a Date that is none. `this[key]`, because JSON.stringify has made a text of it before it asks. */
function toEpochSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (!(original instanceof Date)) return value;
  if (Number.isNaN(original.getTime())) throw invalid(`${key} must be a time, but is an invalid Date.`);
  return original.getTime() / 1000;
}

/** Timestamps are numbers of seconds in JSON, and all members of that name are timestamps. */
export function reviveDates(key: string, value: unknown): unknown {
  return key.endsWith('Time') && typeof value === 'number' ? new Date(value * 1000) : value;
}

/** What a bridge is asked that changes nothing: it is asked again when the connection was lost. */
export class IdempotentRequests {
  readonly #use: WithSession;
  /** Of each that is under way. */
  readonly #open = new Set<AbortController>();

  constructor(use: WithSession) {
    this.#use = use;
  }

  /** Throws what the bridge threw, and the reason of the signal. */
  async ask<Answer>(verb: string, input: object, signal?: AbortSignal): Promise<Answer> {
    const body = serializeInput(input);
    const question = new AbortController();
    const over = signal === undefined ? question.signal : AbortSignal.any([signal, question.signal]);
    this.#open.add(question);
    let answer: unknown;
    try {
      answer = await abortable(over, () => this.#askAgain((session) => session.post(verb, body, over)));
    } finally {
      this.#open.delete(question);
    }
    const { failure } = answer as { failure?: string };
    if (failure !== undefined) throw new Error(failure);
    return answer as Answer;
  }

  /** Rejects all that are under way. */
  end(reason: Error): void {
    for (const question of this.#open) question.abort(reason);
  }

  async #askAgain<Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await this.#use(work);
      } catch (error) {
        if ((error as Error | null)?.name !== 'ConnectionLostException') throw error;
      }
    }
  }
}

/** Also while there is no server that could be asked. */
function abortable<Answer>(signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work().then(resolve, reject);
  });
}

const maxEventsPerCall = 100;
const maxCharsPerCall = 1_048_576;

interface PublishAnswer {
  /** For each event its id, or `null`. */
  readonly ids: readonly (string | null)[];
  readonly failures?: readonly PublishFailure[];
}

/** What became of each event is said by its id, or by a PutEventsError. */
export async function remotePublish(use: WithSession, input: unknown): Promise<string | string[]> {
  const isList = isArray(input);
  // Their texts are taken now, and nothing is sent if one has none.
  const texts = Array.from(isList ? input : [input], eventText);
  const calls = [...inBatches(texts, ({ length }) => length, { items: maxEventsPerCall, below: maxCharsPerCall + 1 })];
  const ids: (string | undefined)[] = [];
  const failures: PublishFailure[] = [];
  for (const call of calls) {
    const first = ids.length;
    try {
      const answer = await use((session) => session.post('publish', `{"events":[${call.join(',')}]}`));
      const { ids: accepted, failures: failed = [] } = answer as PublishAnswer;
      ids.push(...accepted.map((id) => id ?? undefined));
      failures.push(...failed.map((failure) => ({ ...failure, index: failure.index + first })));
    } catch (error) {
      const errorCode = connectionLostCode(error);
      if (errorCode === undefined && calls.length === 1) throw error;
      const { name, message } = error as Error;
      call.forEach((_, index) => {
        failures.push({ index: first + index, errorCode: errorCode ?? name, errorMessage: message });
        ids.push(undefined);
      });
    }
  }
  if (failures.length > 0) throw new PutEventsError(failures, ids);
  return isList ? (ids as string[]) : (ids[0] as string);
}

function connectionLostCode(error: unknown): string | undefined {
  if (!isServiceError(error)) return undefined;
  if (error.name === 'ConnectionLostException') return 'ConnectionLost';
  return error.name === 'ServerUnreachableException' ? 'ServerUnreachable' : undefined;
}

function eventText(event: unknown, index: number): string {
  if (typeof event !== 'object' || event === null) {
    throw invalidEvent(index, `it is ${describeValue(event)}, not an object`);
  }
  try {
    const { time, ...rest } = event as PublishEvent;
    return JSON.stringify({ ...rest, time: readTime(time) });
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalidEvent(index, `it has no JSON text: ${describeError(error).split('\n', 1)[0]}`);
  }
}

/** JSON makes nothing of a time that is none, and nothing means now. */
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
