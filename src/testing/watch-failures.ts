import { type Handle, makeHandle } from '../base/disposable.js';
import type { Bridge } from '../bridge/bridge.js';
import { type Inspection, inspect } from '../bridge/internals.js';
import type { Delivery } from '../delivery/delivery.js';
import type { EventHistory } from '../history/history.js';
import type { RetryingRecord } from '../history/record.js';
import { type FailureRecord, isAsserted, isOwnDoing, noteSeen, recipientKey } from './asserted-failures.js';
import { describeFailures, recipientOf } from './describe-failures.js';
import { count, paragraph } from './layout.js';
import { type Cited, nameOfArn } from './recipient-name.js';

const ends = ['failed', 'dead-lettered', 'function-error'] as const;

/**
 * Watches a bridge for failures. The answer says which of them nobody has asserted, observed or read. What waits for another
 * attempt is one: the test ends before anybody learns what comes of it. `isToldOfFailed`: the bridge tells by itself of what
 * failed in the end and is no dead letter.
 */
export function watchFailures(bridge: Bridge, isToldOfFailed: boolean): () => string | undefined {
  const failures: FailureRecord[] = [];
  /** The last failure of each delivery that is tried again, unless somebody observed that. */
  const retrying = new Map<string, RetryingRecord>();
  const accepted = new Map<string, string>();
  /** Those of the test that observe now, with the kind they observe. */
  const observers = new Map<Handle, string>();
  const looked = new Set<string>();
  const { observe, queue } = bridge;
  const isObserved = (kind: string) => [...observers.values()].includes(kind);
  observe('accepted', ({ bus, eventId, time }) => accepted.set(`${bus} ${eventId}`, time));
  for (const kind of isToldOfFailed ? (['dead-lettered'] as const) : ends) {
    observe(kind, (record) => {
      if (!isObserved(kind) && !isOwnDoing(record) && !isUnhandled(record)) failures.push(record);
    });
  }
  observe('retrying', (record) => {
    if (isObserved('retrying') || isUnhandled(record)) retrying.delete(recipientKey(record));
    else retrying.set(recipientKey(record), record);
  });
  bridge.observe = (kind, observer) => {
    const observing = observe(kind, observer);
    const handle = makeHandle(() => {
      observing.dispose();
      observers.delete(handle);
    });
    observers.set(handle, kind);
    return handle;
  };
  bridge.queue = (arnOrName) => {
    const found = queue(arnOrName);
    looked.add(found.arn);
    return found;
  };
  const inspection = () => inspect(bridge) as Inspection;
  noteReading(inspection().history);
  return () => {
    const { history, inFlight, citations } = inspection();
    const waiting = inFlight.unfinished.waiting.flatMap((delivery) => retrying.get(deliveryKey(delivery)) ?? []);
    const left = [...failures, ...waiting].filter((record) => {
      return !isAsserted(history, record) && !(record.kind === 'dead-lettered' && looked.has(record.queue));
    });
    return left.length === 0 ? undefined : describe({ citations }, left, accepted);
  };
}

/** Whoever reads what failed knows of it. */
function noteReading(history: EventHistory): void {
  const { records, deliveries, traces } = history;
  const readings: Pick<EventHistory, 'records' | 'deliveries' | 'traces'> = {
    records: (...kinds) => {
      const read = records.apply(history, kinds) as never[];
      noteSeen(history, read);
      return read;
    },
    deliveries: (query) => {
      const read = deliveries.call(history, query);
      noteSeen(history, read);
      return read;
    },
    traces: (pattern) => {
      const read = traces.call(history, pattern);
      for (const trace of read) for (const delivery of trace.deliveries) noteSeen(history, delivery.records);
      return read;
    },
  };
  for (const [name, value] of Object.entries(readings)) Object.defineProperty(history, name, { value });
}

function deliveryKey({ event, recipient }: Delivery): string {
  const { id, bus } = event;
  const { rule, targetId, subscription } = {
    rule: undefined,
    targetId: undefined,
    subscription: undefined,
    ...recipient.address,
  };
  return recipientKey({ bus, eventId: id, rule, targetId, subscription });
}

/** That nothing handles an ARN is for another option. */
function isUnhandled(record: FailureRecord): boolean {
  return record.kind !== 'function-error' && record.errorCode === 'NO_RESOURCE' && record.error === undefined;
}

function describe(cited: Cited, failures: readonly FailureRecord[], accepted: ReadonlyMap<string, string>): string {
  const queues = new Set(
    failures.flatMap((record) => (record.kind === 'dead-lettered' ? [nameOfArn(cited, record.queue)] : [])),
  );
  const assertions = [
    ...Array.from(queues, (name) => `\`toHaveDeadLetters(${JSON.stringify(name)})\``),
    ...new Set(failures.flatMap((record) => assertionFor(cited, record))),
  ].slice(0, 3);
  const waiting = failures.filter(({ kind }) => kind === 'retrying').length;
  return [
    `Unobserved failures in bridge (${failures.length})`,
    describeFailures(cited, failures, ({ bus, eventId }) => accepted.get(`${bus} ${eventId}`)),
    ...(waiting === 0 ? [] : [paragraph(describeWait(waiting))]),
    paragraph(`Assert it with ${assertions.join(', ')}, or set \`onFailedDelivery: 'ignore'\`.`),
  ].join('\n\n');
}

function describeWait(waiting: number): string {
  const who = count(waiting, 'delivery waits', 'deliveries wait');
  return `The test is over while ${who} for another attempt: \`await bridge.drain()\` makes them all, \`clock.advance(…)\` those that are due.`;
}

/** A function that threw has been delivered to all the same. */
function assertionFor(cited: Cited, record: FailureRecord): string[] {
  if (record.kind === 'dead-lettered') return [];
  const isThrow = record.kind === 'function-error' || (record.kind === 'retrying' && record.errorCode === undefined);
  return [
    isThrow ? '`not.toHaveNoFailures()`' : `\`not.toHaveDeliveredTo(${JSON.stringify(recipientOf(cited, record))})\``,
  ];
}
