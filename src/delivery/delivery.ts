import type { BusEvent } from '../events/bus-event.js';
import type { Again } from './again.js';
import type { Gate } from './gate.js';
import type { Body, Recipient } from './recipient.js';

/** One event on its way to one recipient. */
export class Delivery {
  readonly event: BusEvent;
  readonly recipient: Recipient;
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
  /** How many attempts were begun. */
  attempts = 0;
  /** It is delivered, and what may come yet are further invocations of the Lambda function that threw. */
  isHandedOver = false;
  /** How often that function threw. */
  throws = 0;
  /** What its last attempt came to. */
  last: Again | undefined;
  /** Of which generation it is: see `Generations`. */
  generation = 0;
  /** Where it is inside, or has been called in. */
  gate: Gate | undefined;
  /** It was made beside the one that was due: at least once is not once. */
  readonly isDuplicate: boolean;

  constructor(event: BusEvent, recipient: Recipient, acceptedAt: number, isDuplicate = false) {
    this.event = event;
    this.recipient = recipient;
    this.acceptedAt = acceptedAt;
    this.isDuplicate = isDuplicate;
  }

  /** The same delivery once more. */
  duplicate(): Delivery {
    return new Delivery(this.event, this.recipient, this.acceptedAt, true);
  }

  /** What the target receives. */
  get body(): Body {
    const { input } = this.recipient;
    return input?.(this.event, this.acceptedAt) ?? { kind: 'body', text: this.event.text };
  }

  /** The same for a dead letter: the event itself, where nothing could be made of it. */
  get bodyText(): string {
    const { body } = this;
    return body.kind === 'body' ? body.text : this.event.text;
  }

  /** `"Order Placed" 8a1f… to arn:… (rule big, target 1)`, for messages. */
  toString(): string {
    const { address } = this.recipient;
    const { head } = this.event;
    const event = `${JSON.stringify(head['detail-type'])} ${head.id}`;
    if (address.kind === 'subscription') return `${event} to subscription ${address.subscription}`;
    return `${event} to ${address.arn} (rule ${address.rule}, target ${address.targetId})`;
  }
}
