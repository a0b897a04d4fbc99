import { describeError } from '../base/describe.js';
import { invalid, isServiceError, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { type PublishFailure, PutEventsError } from '../bridge/put-events-error.js';
import { inBatches } from '../events/entry.js';
import type { PublishEvent } from '../events/publish-event.js';
import type { Use } from './session.js';

const eventsPerCall = 100;
const charactersPerCall = 1_048_576;

interface PublishAnswer {
  /** For each event its id, or `null`. */
  readonly ids: readonly (string | null)[];
  readonly failures?: readonly PublishFailure[];
}

/** What became of each event is said by its id, or by a PutEventsError. */
export async function remotePublish(use: Use, input: unknown): Promise<string | string[]> {
  const isList = isArray(input);
  // Their texts are taken now, and nothing is sent if one has none.
  const texts = Array.from(isList ? input : [input], eventText);
  const calls = [...inBatches(texts, ({ length }) => length, { items: eventsPerCall, below: charactersPerCall + 1 })];
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
      const errorCode = lostCode(error);
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

function lostCode(error: unknown): string | undefined {
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
