import { findShared, sharedOn } from '../base/copies.js';
import type { Inspection } from '../bridge/internals.js';
import type { Delivery } from '../delivery/delivery.js';
import { makeRecord } from '../history/fact.js';
import type {
  DeadLetteredRecord,
  FailedRecord,
  FunctionErrorRecord,
  HistoryRecord,
  RetryingRecord,
} from '../history/record.js';

/** A delivery that ended badly, or a Lambda function that threw each time. */
export type EndedFailure = FailedRecord | DeadLetteredRecord | FunctionErrorRecord;

/** The same, or what may yet end well: an attempt that failed, and another that waits for its time. */
export type FailureRecord = EndedFailure | RetryingRecord;

const endings: readonly string[] = ['failed', 'dead-lettered', 'function-error'] satisfies EndedFailure['kind'][];

/** By history, which a bridge and its buses share: the failures that an assertion was about, or that were read. */
const asserted = 'assertedFailures';

/** Every failure on the subject but those that the test made itself, by disposing or resetting. */
export function failuresOf({ history, bus }: Pick<Inspection, 'history' | 'bus'>): readonly EndedFailure[] {
  return history
    .facts()
    .filter(({ fact }) => endings.includes(fact.kind))
    .map(({ fact, time }) => makeRecord(fact, time) as EndedFailure)
    .filter((record) => (bus === undefined || record.bus === bus) && !isOwnDoing(record));
}

/** The last failure of each delivery that waits for another attempt. */
export function waitingFailures({ history, bus, inFlight }: Subject): readonly RetryingRecord[] {
  const waiting = new Map<Delivery, RetryingRecord | undefined>();
  for (const delivery of inFlight.unfinished.waiting) waiting.set(delivery, undefined);
  if (waiting.size === 0) return [];
  for (const { fact, time } of history.facts()) {
    if (fact.kind !== 'retrying' || !waiting.has(fact.delivery)) continue;
    waiting.set(fact.delivery, makeRecord(fact, time) as RetryingRecord);
  }
  return [...waiting.values()].filter(
    (record) => record !== undefined && (bus === undefined || record.bus === bus),
  ) as RetryingRecord[];
}

/** What fails because a subscription was disposed, or the bridge reset or closed, is no failure of any target. */
export function isOwnDoing(record: FailureRecord): boolean {
  return (
    (record.kind === 'failed' || record.kind === 'dead-lettered') &&
    record.error === undefined &&
    ['UNSUBSCRIBED', 'RESET', 'CLOSED'].includes(record.errorCode)
  );
}

type Subject = Pick<Inspection, 'history' | 'bus' | 'inFlight'>;

/** Remembers that the test knows of the failures there are now. */
export function assertFailures(subject: Subject, concerns: (record: FailureRecord) => boolean): void {
  noteSeen(subject.history, [...failuresOf(subject), ...waitingFailures(subject)].filter(concerns));
}

/** Remembers that the test knows of these records, as far as they tell of failures. */
export function noteSeen(history: object, records: Iterable<HistoryRecord>): void {
  const known = sharedOn(history, asserted, () => new Set<string>());
  for (const record of records) if (isFailure(record)) known.add(keyOf(record));
}

export function isAsserted(history: object, record: FailureRecord): boolean {
  return findShared<Set<string>>(history, asserted)?.has(keyOf(record)) === true;
}

function isFailure(record: HistoryRecord): record is FailureRecord {
  return record.kind === 'retrying' || endings.includes(record.kind);
}

function keyOf(record: FailureRecord): string {
  const { kind, time, attempts } = record;
  return `${kind} ${time} ${attempts} ${recipientKey(record)}`;
}

type Recipient = { readonly bus: string; readonly eventId: string } & {
  readonly [Name in 'rule' | 'targetId' | 'subscription']?: string | undefined;
};

/** The same for all records of one delivery. */
export function recipientKey({ bus, eventId, rule, targetId, subscription }: Recipient): string {
  return JSON.stringify([bus, eventId, rule, targetId, subscription]);
}
