import { describeError } from '../base/describe.js';
import { invalid, isServiceError, ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import type { RecipientQueue } from '../delivery/recipient.js';
import {
  entrySize,
  inBatches,
  type PutEventsRequest,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '../events/entry.js';
import type { PublishEvent } from '../events/publish-event.js';
import { apiModel } from '../model/api-model.js';
import { readInput } from '../model/read-input.js';
import { validateInput } from '../model/validate-input.js';
import { findBus } from '../operations/find-record.js';
import { putEvents } from '../routing/put-events.js';
import type { Core } from './core.js';
import { PutEventsError } from './put-events-error.js';
import { Slices } from './slices.js';

const entriesPerRequest = 10;

// Of a method's type, not a function's: a bridge that publishes some events passes for a `Bridge`.
/** One event or many; answers the id or the ids. */
export type Publish<Event> = {
  publish(event: Event): Promise<string>;
  publish(events: readonly Event[]): Promise<string[]>;
}['publish'];

/**
 * Publishes in PutEvents requests of at most ten entries, each within the size limit, and answers the ids in the order
 * of the events. Waits while a matching target has no room, and of very many events now and then for a turn of the event
 * loop. `openCore` throws if the bridge is closed meanwhile.
 */
export async function publish(openCore: () => Core, input: unknown, bus?: string): Promise<string | string[]> {
  if (bus !== undefined) findBus(openCore().context, bus);
  const isList = isArray(input);
  const entries = readEntries(isList ? input : [input], bus);
  const checked = openCore().details.beforePublish(entries);
  if (checked !== undefined) await checked;
  const results: PutEventsResultEntry[] = [];
  const { limits } = openCore().context;
  const hasRoom = ({ pendingCount }: RecipientQueue) => pendingCount < limits.pendingDeliveries;
  const slices = new Slices();
  const sizeAt = (index: number) => entrySize(entries[index] as PutEventsRequestEntry);
  const most = { items: entriesPerRequest, below: limits.requestBytes };
  for (const batch of inBatches(entries.keys(), sizeAt, most)) {
    const slice = slices.turn(openCore().context.inFlight);
    if (slice !== undefined) await slice;
    for (const index of batch) slices.spend(entries[index]?.Detail?.length ?? 0);
    let open = batch;
    let woken: RecipientQueue | undefined;
    while (open.length > 0) {
      const congested = new Map<number, RecipientQueue>();
      let answer: PutEventsResultEntry[];
      try {
        answer = putBatch(
          openCore().publishing,
          open.map((index) => entries[index] as PutEventsRequestEntry),
          (position, queue) => congested.set(open[position] as number, queue),
        );
      } finally {
        // Room wakes one at a time: what this one leaves of it is for the next.
        if (woken !== undefined && hasRoom(woken)) woken.capacityFreed.notifyOne();
      }
      for (const [position, index] of open.entries()) results[index] = answer[position] as PutEventsResultEntry;
      open = open.filter((index) => congested.has(index));
      [woken] = congested.values();
      const turn = openCore().context.inFlight.nextDispatchTurn();
      if (woken !== undefined) {
        // An observer of the other entries may have made room by now.
        if (!hasRoom(woken)) await woken.capacityFreed.wait();
      } else if (turn !== undefined) await turn;
    }
  }
  const ids = idsOf(results);
  return isList ? ids : (ids[0] as string);
}

/** Throws a PutEventsError if one of the entries was not accepted. */
function idsOf(results: readonly PutEventsResultEntry[]): string[] {
  const ids = results.map(({ EventId }) => EventId);
  const failures = results.flatMap(({ ErrorCode: errorCode, ErrorMessage: errorMessage = '' }, index) =>
    errorCode === undefined ? [] : [{ index, errorCode, errorMessage }],
  );
  if (failures.length > 0) throw new PutEventsError(failures, ids);
  return ids as string[];
}

function readEntries(events: readonly unknown[], bus: string | undefined): PutEventsRequestEntry[] {
  try {
    // Not by map, which would leave out the holes of a sparse list.
    return Array.from(events, (event, index) => toEntry(event, index, bus));
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalid(`The events cannot be read: ${describeError(error)}`);
  }
}

/** A single event that is too large fails as one of many would: the others are not to suffer for it. */
function putBatch(
  context: Core['context'],
  entries: readonly PutEventsRequestEntry[],
  onCongestion: (position: number, queue: RecipientQueue) => void,
): PutEventsResultEntry[] {
  const [entry, ...more] = entries;
  if (entry !== undefined && more.length === 0 && entrySize(entry) >= context.limits.requestBytes) {
    return [
      { ErrorCode: 'ValidationException', ErrorMessage: 'Total size of the entries in the request is over the limit.' },
    ];
  }
  const call = { operation: 'PutEvents', input: { Entries: entries } };
  try {
    const output = putEvents(context, call.input, onCongestion);
    context.called({ kind: 'answered', ...call, output });
    return output.Entries;
  } catch (error) {
    context.called({ kind: 'refused', ...call, error });
    throw error;
  }
}

/** Throws a ValidationException for an event that has no JSON text or breaks a constraint of the API. */
function toEntry(event: unknown, index: number, bus: string | undefined): PutEventsRequestEntry {
  const entry = readEvent(event, index, bus);
  try {
    const request = readInput(apiModel.PutEvents, { Entries: [entry] });
    validateInput(apiModel.PutEvents, request);
    return (request as unknown as PutEventsRequest).Entries?.[0] as PutEventsRequestEntry;
  } catch (error) {
    // The sentences count from 1 within a request, and here it is a request of one.
    if (!isServiceError(error)) throw error;
    throw new ServiceError(error.name, error.message.replaceAll("'entries.1.", `'entries.${index + 1}.`));
  }
}

function readEvent(event: unknown, index: number, bus: string | undefined): object {
  if (typeof event !== 'object' || event === null)
    throw invalidEvent(index, `it is ${describeValue(event)}, not an object`);
  try {
    const given = event as PublishEvent;
    return {
      Source: given.source,
      DetailType: given.detailType,
      Detail: JSON.stringify(given.detail),
      EventBusName: bus ?? given.bus,
      Resources: given.resources,
      Time: given.time,
      TraceHeader: given.traceHeader,
    };
  } catch (error) {
    throw invalidEvent(index, `it has no JSON text: ${describeError(error).split('\n', 1)[0]}`);
  }
}

function invalidEvent(index: number, reason: string): ServiceError {
  return invalid(`Event ${index} cannot be published: ${reason}.`);
}
