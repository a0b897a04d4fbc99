import { findShared, sharedOn } from '../base/copies.js';
import type { Inspection } from '../bridge/internals.js';
import type { Delivery } from '../delivery/delivery.js';
import { toRecord } from '../history/history-entry.js';
import type {
  DeadLetteredRecord,
  FailedRecord,
  FunctionErrorRecord,
  HistoryRecord,
  RetryingRecord,
} from '../history/record.js';

/** A delivery that failed or was dead-lettered, or a Lambda function that threw on its last attempt. */
export type EndedFailure = FailedRecord | DeadLetteredRecord | FunctionErrorRecord;

/** The same, or a failed attempt whose retry is still due. */
export type FailureRecord = EndedFailure | RetryingRecord;

type FailureSubject = Pick<Inspection, 'history' | 'bus' | 'inFlight'>;

export const failureKinds = ['failed', 'dead-lettered', 'function-error'] as const satisfies EndedFailure['kind'][];

/** Shared on a history, which a bridge and its buses have in common. */
const asserted = 'assertedFailures';

/** Returns every failure on the subject, except those that the test caused itself by disposing or resetting. */
export function failuresOf({ history, bus }: Pick<Inspection, 'history' | 'bus'>): readonly EndedFailure[] {
  return history
    .entries()
    .filter(({ historyEntry }) => isFailureKind(historyEntry.kind))
    .map(({ historyEntry, time }) => toRecord(historyEntry, time) as EndedFailure)
    .filter((record) => (bus === undefined || record.bus === bus) && !isCausedByTest(record));
}

/** Returns the last failure of each delivery that waits for a retry. */
export function waitingFailures({ history, bus, inFlight }: FailureSubject): readonly RetryingRecord[] {
  const waiting = new Map<Delivery, RetryingRecord | undefined>();
  for (const delivery of inFlight.pending.waiting) waiting.set(delivery, undefined);
  if (waiting.size === 0) return [];
  for (const { historyEntry, time } of history.entries()) {
    if (historyEntry.kind !== 'retrying' || !waiting.has(historyEntry.delivery)) continue;
    waiting.set(historyEntry.delivery, toRecord(historyEntry, time) as RetryingRecord);
  }
  return [...waiting.values()].filter(
    (record) => record !== undefined && (bus === undefined || record.bus === bus),
  ) as RetryingRecord[];
}

/** Whether a delivery ended because its subscription was disposed or its bridge reset or closed. */
export function isCausedByTest(record: FailureRecord): boolean {
  return (
    (record.kind === 'failed' || record.kind === 'dead-lettered') &&
    record.error === undefined &&
    ['UNSUBSCRIBED', 'RESET', 'CLOSED'].includes(record.errorCode)
  );
}

/** Marks the present failures that an assertion is about. */
export function markAsserted(subject: FailureSubject, concerns: (record: FailureRecord) => boolean): void {
  markSeen(subject.history, [...failuresOf(subject), ...waitingFailures(subject)].filter(concerns));
}

/** Marks the failures among the records: the test has read them. */
export function markSeen(history: object, records: Iterable<HistoryRecord>): void {
  const seen = sharedOn(history, asserted, () => new Set<string>());
  for (const record of records) if (isFailure(record)) seen.add(keyOf(record));
}

export function isAsserted(history: object, record: FailureRecord): boolean {
  return findShared<Set<string>>(history, asserted)?.has(keyOf(record)) === true;
}

function isFailure(record: HistoryRecord): record is FailureRecord {
  return record.kind === 'retrying' || isFailureKind(record.kind);
}

function isFailureKind(kind: string): boolean {
  return (failureKinds as readonly string[]).includes(kind);
}

function keyOf(record: FailureRecord): string {
  const { kind, time, attempts } = record;
  return `${kind} ${time} ${attempts} ${recipientKey(record)}`;
}

type Recipient = { readonly bus: string; readonly eventId: string } & {
  readonly [Name in 'rule' | 'targetId' | 'subscription']?: string | undefined;
};

/** Returns a key that all records of one delivery share. */
export function recipientKey({ bus, eventId, rule, targetId, subscription }: Recipient): string {
  return JSON.stringify([bus, eventId, rule, targetId, subscription]);
}
