import type { BusEvent } from '../events/bus-event.js';
import type { Recipient } from './recipient.js';

/** One event on its way to one recipient. */
export class Delivery {
  readonly event: BusEvent;
  readonly recipient: Recipient;
  /** Counts from 1. */
  readonly attempt = 1;
  #abort: AbortController | undefined;

  constructor(event: BusEvent, recipient: Recipient) {
    this.event = event;
    this.recipient = recipient;
  }

  /** Aborted when nobody waits for the attempt any more. Made when a handler first asks for it. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  abort(reason: Error): void {
    this.#abort ??= new AbortController();
    this.#abort.abort(reason);
  }

  /** `order-placed / rule big, target 1 (arn:…)`, for messages. */
  toString(): string {
    const { address } = this.recipient;
    const { head } = this.event;
    const event = `${JSON.stringify(head['detail-type'])} ${head.id}`;
    if (address.kind === 'subscription') return `${event} to subscription ${address.subscription}`;
    return `${event} to ${address.arn} (rule ${address.rule}, target ${address.targetId})`;
  }
}
