import { placeholderId } from '../base/random.js';
import type { Host } from '../core/plugin.js';

import { planRoutes } from '../core/routing-plan.js';
import { Delivery } from '../delivery/delivery.js';
import type { Address, Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import { completeEnvelope, type PartialEnvelope } from '../events/partial-envelope.js';
import type { InputResult } from '../inputs/target-input.js';
import { busNamed, findBus } from '../resources/event-buses/event-bus-record.js';
import { secondHop } from '../targets/bus.js';

/** One delivery that an event would cause. */
export interface PlannedDelivery {
  /** Name of the bus it starts from: for what another bus was sent, that bus. */
  readonly bus: string;
  /** Name of the rule, if it is for a target. */
  readonly rule?: string;
  /** Id of the target. */
  readonly targetId?: string;
  /** ARN of the target. */
  readonly arn?: string;
  /** Name of the subscription, if it is for one. */
  readonly subscription?: string;
  /** The exact text that would be received; absent if there is an error. */
  readonly body?: string;
  /** Why nothing could be sent: `INVALID_JSON`, or `THIRD_ACCOUNT_HOP_DETECTED` for a second bus on the way. */
  readonly errorCode?: string;
  /** The same in a sentence. */
  readonly errorMessage?: string;
  /** What to do about it, in Footbridge's words. */
  readonly hint?: string;
}

/** What would be delivered, and nothing is. */
export function dryRunDeliveries(host: Host, input: PartialEnvelope, bus: string | undefined): PlannedDelivery[] {
  const { clock, functions, home, routes } = host;
  const event = completeEnvelope({ clock, home, ids: placeholderId }, findBus(host, bus).Name, input);
  const now = clock.now();
  const busBehind = (address: Address): string | undefined =>
    address.kind === 'target' && !functions.has(address.arn) ? busNamed(host, address.arn) : undefined;
  const planned = (from: BusEvent): PlannedDelivery[] =>
    planRoutes(routes, from).recipients.flatMap((recipient) => {
      const { body } = new Delivery(from, recipient, now);
      const next = busBehind(recipient.address);
      const onward = next === undefined || from.isForwarded ? [] : planned(from.forwardTo(next));
      return [
        describe(from, recipient, next !== undefined && from.isForwarded ? secondHopOf(from) : partsOf(body)),
        ...onward,
      ];
    });
  return planned(event);
}

type PlannedInput = Pick<PlannedDelivery, 'body' | 'errorCode' | 'errorMessage' | 'hint'>;

function secondHopOf({ id }: BusEvent): PlannedInput {
  const { code, message } = secondHop(id);
  return { errorCode: code, errorMessage: message };
}

function partsOf(input: InputResult): PlannedInput {
  if (input.kind === 'body') return { body: input.text };
  const { errorCode, errorMessage, hint } = input;
  return { errorCode, errorMessage, ...(hint === undefined ? {} : { hint }) };
}

function describe({ bus }: BusEvent, { address }: Recipient, what: PlannedInput): PlannedDelivery {
  if (address.kind === 'subscription') return { bus, subscription: address.subscription, ...what };
  const { rule, targetId, arn } = address;
  return { bus, rule, targetId, arn, ...what };
}
