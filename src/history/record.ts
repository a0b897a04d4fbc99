import type { DetailIssue } from '../contracts/detail-issues.js';
import type { DeadLetterAttributes } from '../delivery/recipient.js';

import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Envelope } from '../events/envelope.js';
import type { Origin } from '../events/ingest.js';

/** What every record has. */
interface RecordBase {
  /** Name of the bus; for an entry, as it was named there. */
  readonly bus: string;
  /** When, by the bridge's clock, as ISO text with milliseconds. */
  readonly time: string;
}

/** What every record about an event has: a rejected entry never became one. */
interface EventRecordBase extends RecordBase {
  /** The event's id. */
  readonly eventId: string;
}

/** An event was accepted. */
export interface AcceptedRecord extends EventRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'accepted';
  /** How it came in. */
  readonly origin: Origin;
  /** The envelope, frozen. */
  readonly event: Envelope;
}

/** PutEvents rejected an entry. */
export interface RejectedRecord extends RecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'rejected';
  /** Its place in the request, from 0. */
  readonly index: number;
  /** The entry. */
  readonly entry: PutEventsRequestEntry;
  /** As answered. */
  readonly errorCode: string;
  /** As answered. */
  readonly errorMessage: string;
}

/** The detail of an event does not satisfy the schema of its definition in the bridge's `events`. */
export interface InvalidDetailRecord extends RecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'invalid-detail';
  /** The event's id, if it came in by PutEvents or `inject`. What was to be published is checked before it has one. */
  readonly eventId?: string;
  /** Source of the event. */
  readonly source: string;
  /** Its detail-type. */
  readonly detailType: string;
  /** Its detail, parsed. */
  readonly detail: object;
  /** What is wrong, at least one thing. */
  readonly issues: readonly DetailIssue[];
}

/** An event was accepted and dropped, because its bus does not exist. */
export interface DroppedRecord extends EventRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'dropped';
  /** The envelope, frozen. */
  readonly event: Envelope;
}

/** An accepted event matched rules or subscriptions. */
export interface MatchedRecord extends EventRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'matched';
  /** Names of the rules. */
  readonly rules: readonly string[];
  /** Names of the subscriptions. */
  readonly subscriptions: readonly string[];
}

/** An accepted event matched no rule and no subscription. */
export interface UnmatchedRecord extends EventRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'unmatched';
  /** The envelope, frozen. */
  readonly event: Envelope;
}

/** The recipient of a delivery: a target of a rule, or a subscription. */
interface DeliveryRecordBase extends EventRecordBase {
  /** Name of the rule, if it is for a target. */
  readonly rule?: string;
  /** Id of the target. */
  readonly targetId?: string;
  /** ARN of the target. */
  readonly arn?: string;
  /** Name of the subscription, if it is for one. */
  readonly subscription?: string;
  /** How many attempts were made. */
  readonly attempts: number;
  /** `true` if `chaos` added the delivery; otherwise absent. */
  readonly duplicate?: true;
}

/** A delivery succeeded. */
export interface DeliveredRecord extends DeliveryRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'delivered';
}

/** An attempt failed and another follows; or a Lambda function threw, after it was handed the event, and is invoked again. */
export interface RetryingRecord extends DeliveryRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'retrying';
  /** As in a failed record; absent if a Lambda function threw. */
  readonly errorCode?: string;
  /** Why the attempt failed, in a sentence. */
  readonly errorMessage: string;
  /** What the handler threw. */
  readonly error: unknown;
  /** When the next attempt is due, as ISO text with milliseconds. */
  readonly nextAt: string;
}

/** The end of a delivery that failed. */
interface EndingRecordBase extends DeliveryRecordBase {
  /**
   * The code of a thrown `TargetError`, or `ERROR_FROM_TARGET` (a handler threw), `TIMEOUT` (it did not finish in time),
   * `NO_RESOURCE` (nothing handles the ARN), `THIRD_ACCOUNT_HOP_DETECTED` (forwarded to a second bus), `UNSUBSCRIBED`
   * (the subscription was disposed), `RESET`, `RESTORED` or `CLOSED` (so was the bridge).
   */
  readonly errorCode: string;
  /** The same in a sentence. */
  readonly errorMessage: string;
  /** What to do about it, in Footbridge's words. */
  readonly hint?: string;
  /** What the handler threw. */
  readonly error: unknown;
  /** What the target was to receive; absent for a subscription. */
  readonly body?: string;
  /** The attributes of the dead letter, whether or not there is a queue; absent for a subscription. */
  readonly attributes?: DeadLetterAttributes;
}

/** A delivery failed, and its dead letter is in a dead-letter queue. */
export interface DeadLetteredRecord extends EndingRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'dead-lettered';
  /** ARN of the queue. */
  readonly queue: string;
}

/** A delivery failed without a dead-letter queue, or the bridge itself ended it. */
export interface FailedRecord extends EndingRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'failed';
}

/** A Lambda function was handed an event (so there is a `delivered` record too), and threw each time it was invoked. */
export interface FunctionErrorRecord extends DeliveryRecordBase {
  /** Distinguishes it from the other records. */
  readonly kind: 'function-error';
  /** What it threw last, as a line of text. */
  readonly errorMessage: string;
  /** The same itself. */
  readonly error: unknown;
}

/** A record about a delivery. */
export type DeliveryRecord = RetryingRecord | DeliveredRecord | DeadLetteredRecord | FailedRecord | FunctionErrorRecord;

/** One thing that happened to one event, as data. */
export type HistoryRecord =
  | AcceptedRecord
  | RejectedRecord
  | InvalidDetailRecord
  | DroppedRecord
  | MatchedRecord
  | UnmatchedRecord
  | DeliveryRecord;

/** The kinds of records. */
export type RecordKind = HistoryRecord['kind'];

/** The record of a kind. */
export type RecordOf<Kind extends RecordKind> = Extract<HistoryRecord, { kind: Kind }>;

/** All of them, for a check at run time. */
export const recordKinds: readonly RecordKind[] = [
  'accepted',
  'rejected',
  'invalid-detail',
  'dropped',
  'matched',
  'unmatched',
  'retrying',
  'delivered',
  'dead-lettered',
  'failed',
  'function-error',
];
