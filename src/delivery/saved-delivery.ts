import { describeError } from '../base/describe.js';
import { BusEvent } from '../events/bus-event.js';
import type { EnvelopeFields } from '../events/envelope.js';
import type { TargetRecord } from '../model/target.js';

import { Delivery, type NextAttempt } from './delivery.js';
import type { Failure } from './outcome.js';
import type { Recipient } from './recipient.js';

/** An event as a snapshot has it. */
export interface SavedEvent {
  readonly bus: string;
  readonly head: EnvelopeFields;
  /** The Detail's text. */
  readonly detail: string;
  readonly traceHeader?: string;
  readonly hasHopped?: true;
  readonly scheduledBy?: string;
}

/** Whom a delivery of a snapshot is for. */
export type SavedRecipient =
  | { readonly kind: 'target'; readonly rule: string; readonly ruleArn: string; readonly target: TargetRecord }
  /** `place` counts from 0 those of this name on the event's bus; -1 for one that was disposed. */
  | { readonly kind: 'subscription'; readonly subscription: string; readonly place: number };

/** A delivery that has not come to its end, as a snapshot has it. Times are epoch milliseconds. */
export interface SavedDelivery {
  /** Its place among the events of the snapshot. */
  readonly event: number;
  readonly recipient: SavedRecipient;
  readonly acceptedAt: number;
  /** How many attempts have come to something: one that runs is made again. */
  readonly attempts: number;
  readonly throws: number;
  readonly isHandedOver: boolean;
  readonly isWaiting: boolean;
  readonly isDuplicate?: true;
  /** What the last attempt came to, and when the next is due. */
  readonly last?: SavedNextAttempt;
}

type SavedNextAttempt =
  | { readonly kind: 'retry'; readonly at: number; readonly failure: Omit<Failure, 'error' | 'hint'> }
  | { readonly kind: 'invoke-again'; readonly at: number; readonly errorMessage: string };

export function saveEvent({ bus, fields, detail, traceHeader, isForwarded, scheduledBy }: BusEvent): SavedEvent {
  return {
    bus,
    head: { ...fields, resources: [...fields.resources] },
    detail,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(isForwarded ? { hasHopped: isForwarded } : {}),
    ...(scheduledBy === undefined ? {} : { scheduledBy }),
  };
}

export function loadEvent({ bus, head, detail, traceHeader, hasHopped, scheduledBy }: SavedEvent): BusEvent {
  const read = { text: detail, value: JSON.parse(detail) };
  return new BusEvent(bus, head, read, traceHeader, hasHopped === true, scheduledBy);
}

export function saveDelivery(
  { acceptedAt, attempts, invocationErrors, isDelivered, isDuplicate, nextAttempt }: Delivery,
  state: 'waiting' | 'running' | 'blocked' | 'ready',
  event: number,
  recipient: SavedRecipient,
): SavedDelivery {
  return {
    event,
    recipient,
    acceptedAt,
    attempts: state === 'running' ? attempts - 1 : attempts,
    throws: invocationErrors,
    isHandedOver: isDelivered,
    isWaiting: state === 'waiting',
    ...(isDuplicate ? { isDuplicate } : {}),
    ...(nextAttempt === undefined ? {} : { last: saveNextAttempt(nextAttempt) }),
  };
}

export function loadDelivery(saved: SavedDelivery, event: BusEvent, recipient: Recipient): Delivery {
  const delivery = new Delivery(event, recipient, saved.acceptedAt, saved.isDuplicate === true);
  delivery.attempts = saved.attempts;
  delivery.invocationErrors = saved.throws;
  delivery.isDelivered = saved.isHandedOver;
  delivery.nextAttempt = saved.last && loadNextAttempt(saved.last);
  return delivery;
}

/** What was thrown has no JSON text but its description. */
function saveNextAttempt(next: NextAttempt): SavedNextAttempt {
  if (next.kind === 'reinvoke') return { kind: 'invoke-again', at: next.at, errorMessage: describeError(next.error) };
  const { error: _, hint: __, ...failure } = next.failure;
  return { kind: 'retry', at: next.at, failure };
}

function loadNextAttempt(saved: SavedNextAttempt): NextAttempt {
  const { at } = saved;
  // Without a name, which the message has already: it is described as what was thrown.
  if (saved.kind === 'invoke-again') {
    return { kind: 'reinvoke', at, error: Object.assign(new Error(saved.errorMessage), { name: '' }) };
  }
  return { kind: 'retry', at, failure: { ...saved.failure, error: undefined } };
}
