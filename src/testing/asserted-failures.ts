import type { Inspection } from '../bridge/inspection.js';
import type { DeadLetteredRecord, FailedRecord, FunctionErrorRecord } from '../history/record.js';

/** A delivery that ended badly, or a Lambda function that threw each time. */
export type FailureRecord = FailedRecord | DeadLetteredRecord | FunctionErrorRecord;

/** By history, which a bridge and its buses share: the failures that an assertion was about. */
const asserted = new WeakMap<object, Set<string>>();

/** Every failure on the subject but those that the test made itself, by disposing or resetting. */
export function failuresOf({ history, bus }: Pick<Inspection, 'history' | 'bus'>): readonly FailureRecord[] {
  return history
    .records('failed', 'dead-lettered', 'function-error')
    .filter((record) => (bus === undefined || record.bus === bus) && !isOwnDoing(record));
}

/** What fails because a subscription was disposed, or the bridge reset or closed, is no failure of any target. */
export function isOwnDoing(record: FailureRecord): boolean {
  return (
    record.kind !== 'function-error' &&
    record.error === undefined &&
    ['UNSUBSCRIBED', 'RESET', 'CLOSED'].includes(record.errorCode)
  );
}

/** Remembers that the test knows of the failures there are now. */
export function assertFailures(
  subject: Pick<Inspection, 'history' | 'bus'>,
  concerns: (record: FailureRecord) => boolean,
): void {
  const known = asserted.get(subject.history) ?? new Set();
  for (const record of failuresOf(subject)) if (concerns(record)) known.add(keyOf(record));
  asserted.set(subject.history, known);
}

export function isAsserted(history: object, record: FailureRecord): boolean {
  return asserted.get(history)?.has(keyOf(record)) === true;
}

function keyOf({ kind, bus, eventId, rule, targetId, subscription, time }: FailureRecord): string {
  return JSON.stringify([kind, bus, eventId, rule, targetId, subscription, time]);
}
