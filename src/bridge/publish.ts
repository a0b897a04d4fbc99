import { describeError } from '../base/describe.js';
import { invalid, isServiceError, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { performValidated } from '../core/perform.js';
import type { Host } from '../core/plugin.js';
import type { RecipientQueue } from '../delivery/recipient.js';
import {
  entrySize,
  type PutEventsRequestEntry,
  type PutEventsResponse,
  type PutEventsResultEntry,
  toBatches,
} from '../events/entry.js';
import type { PublishEvent } from '../events/publish-event.js';
import { readInput } from '../model/read-input.js';
import { validateInput } from '../model/validate-input.js';
import { findBus } from '../resources/event-buses/event-bus-record.js';
import { entryShape } from '../resources/events/events.js';
import type { Core } from './core.js';
import { PutEventsError } from './put-events-error.js';
import { YieldBudget } from './yield-budget.js';

/** Publishes events. */
export interface Publisher<Event> {
  /**
   * Publishes one event. `detail` is an object; its JSON text is taken at this call.
   *
   * Where PutEvents would return `ThrottlingException` because a target is full (`limits.pendingDeliveries`) it waits instead. With
   * definitions in the options an event that is not defined, or whose detail is invalid, is not sent.
   *
   * @returns The id of the event.
   * @throws {PutEventsError} when the event is not accepted.
   * @throws {ValidationException} for an event without JSON text, and for one that no definition of the options is for.
   * @throws {InvalidDetailError} when the detail is not what its definition requires.
   */
  publish(event: Event): Promise<string>;
  /**
   * Publishes many events, in as many PutEvents requests as it takes.
   *
   * Nothing is sent if one of them has no JSON text or is invalid by the definitions of the options. Of very many the event loop
   * has a turn after every few hundred; `idle` waits for all, and what others publish meanwhile may come in between. An `'error'`
   * of the violation policies throws when its request is reached.
   *
   * @returns The ids, in the order of the events.
   * @throws {PutEventsError} which says which events were not accepted; the others are on their way.
   * @throws {ValidationException} for an event without JSON text, and for one that no definition of the options is for.
   * @throws {InvalidDetailError} when a detail is not what its definition requires.
   */
  publish(events: readonly Event[]): Promise<string[]>;
}

const entriesPerRequest = 10;

/**
 * Publishes in PutEvents requests of at most ten entries, each within the size limit. Waits while a matching target has no
 * capacity, and of very many events now and then for a turn of the event loop. `openCore` throws if the bridge is closed meanwhile.
 */
export async function publish(openCore: () => Core, input: unknown, bus?: string): Promise<string | string[]> {
  if (bus !== undefined) findBus(openCore().host, bus);
  const isList = isArray(input);
  const entries = readEntries(isList ? input : [input], bus);
  const checked = openCore().details.checkBeforePublish(entries);
  if (checked !== undefined) await checked;
  const { host } = openCore();
  const results: PutEventsResultEntry[] = [];
  const hasCapacity = ({ pendingCount }: RecipientQueue) => pendingCount < host.limit('pendingDeliveries');
  const yields = new YieldBudget();
  const sizeAt = (index: number) => entrySize(entries[index] as PutEventsRequestEntry);
  const max = { items: entriesPerRequest, below: host.limit('requestBytes') };
  for (const batch of toBatches(entries.keys(), sizeAt, max)) {
    const turn = yields.turn(openCore().host.inFlight);
    if (turn !== undefined) await turn;
    for (const index of batch) yields.spend(entries[index]?.Detail?.length ?? 0);
    let open: readonly number[] = batch;
    let woken: RecipientQueue | undefined;
    while (open.length > 0) {
      const full = new Map<number, RecipientQueue>();
      const positions = open;
      let response: readonly PutEventsResultEntry[];
      try {
        const request = positions.map((index) => entries[index] as PutEventsRequestEntry);
        const answered = putEntries(openCore().host, request, (at, recipientQueue) =>
          full.set(positions[at] as number, recipientQueue),
        );
        response = answered instanceof Promise ? await answered : answered;
      } finally {
        // Capacity wakes one publisher at a time: what this one leaves of it is for the next.
        if (woken !== undefined && hasCapacity(woken)) woken.capacityFreed.notifyOne();
      }
      for (const [position, index] of open.entries()) results[index] = response[position] as PutEventsResultEntry;
      open = open.filter((index) => full.has(index));
      [woken] = full.values();
      const turn = openCore().host.inFlight.nextDispatchTurn();
      if (woken !== undefined) {
        // An observer of the other entries may have made room by now.
        if (!hasCapacity(woken)) await woken.capacityFreed.wait();
      } else if (turn !== undefined) await turn;
    }
  }
  const ids = idsOf(results);
  return isList ? ids : (ids[0] as string);
}

/** A single event that is too large fails as one of many would: the others do not suffer for it. */
function putEntries(
  host: Host,
  entries: readonly PutEventsRequestEntry[],
  onFull: (index: number, recipientQueue: RecipientQueue) => void,
): PutEventsResultEntry[] | Promise<PutEventsResultEntry[]> {
  const [entry, ...more] = entries;
  if (entry !== undefined && more.length === 0 && entrySize(entry) >= host.limit('requestBytes')) {
    return [
      { ErrorCode: 'ValidationException', ErrorMessage: 'Total size of the entries in the request is over the limit.' },
    ];
  }
  const response = performValidated(host, 'PutEvents', { Entries: entries }, { onFull });
  return response instanceof Promise
    ? response.then((later) => (later as PutEventsResponse).Entries)
    : (response as PutEventsResponse).Entries;
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

/** Throws as PutEvents would for the entry at this index of a request. */
function toEntry(event: unknown, index: number, bus: string | undefined): PutEventsRequestEntry {
  const path = ['entries', index];
  const entry = readInput(entryShape, readEvent(event, index, bus), path);
  validateInput(entryShape, entry, path);
  return entry as PutEventsRequestEntry;
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
