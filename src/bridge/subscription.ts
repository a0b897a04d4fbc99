import { defineToString } from '../base/describe.js';
import { createDisposable, type DisposableHandle } from '../base/disposable.js';
import { invalid } from '../base/service-error.js';
import type { Anything } from '../base/unknown-value.js';
import {
  signal as abortSignal,
  handlerChecks,
  retryPolicy as policy,
  readCallOptions,
  text,
} from '../core/call-options.js';
import { attemptResult, createFailure } from '../delivery/outcome.js';
import { RecipientQueue } from '../delivery/recipient.js';
import type { SubscriptionRoute } from '../delivery/route.js';
import { noRetries, readRetryPolicy } from '../delivery/transition.js';
import type { Envelope } from '../events/envelope.js';
import type { RetryPolicy } from '../model/target.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { addBus, busesOf } from '../resources/event-buses/event-bus-record.js';

import { type HandlerOptions, readAttemptOptions } from '../targets/handlers.js';
import type { Core } from './core.js';

/** What a subscription does with an event: the shared, deeply frozen envelope. A promise is waited for by `idle`. */
export type SubscriptionHandler<Detail, DetailType extends string> = (event: Envelope<DetailType, Detail>) => unknown;

/** How a subscription is to be. */
export interface SubscriptionOptions extends HandlerOptions {
  /** What records and messages call it. The handler's name, or `subscription-1` and so on. */
  readonly name?: string | undefined;
  /** Disposes the subscription when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** How often and how long a delivery that failed is tried again. Not at all; what a policy leaves out is AWS's default. */
  readonly retryPolicy?: RetryPolicy | undefined;
}

/**
 * Ends by `dispose`, by `using` or by its signal. Deliveries that are queued or wait for a retry then end as failed
 * (`UNSUBSCRIBED`). An attempt that runs goes on to its end; where it fails its delivery has failed, without a retry.
 * When its bus is deleted it receives nothing more, while deliveries on their way go on; a new bus of that name does not
 * bring it back.
 */
export interface Subscription extends DisposableHandle {
  /** As records and messages call it. */
  readonly name: string;
  /** Name of the bus. */
  readonly bus: string;
}

const checks = { name: text, signal: abortSignal, retryPolicy: policy, ...handlerChecks };

/** Creates the bus if there is none, once nothing is left to refuse. `current` is the core after a reset or restore, too. */
export function subscribe(
  core: Core,
  current: () => Core,
  bus: string,
  pattern: string | object,
  handler: SubscriptionHandler<Anything, Anything>,
  options?: SubscriptionOptions,
): Subscription {
  if (typeof handler !== 'function') throw invalid('A handler must be a function.');
  const { name, signal, retryPolicy, ...how } = readCallOptions('on', options, checks);
  const attemptOptions = readAttemptOptions(how);
  const label = name ?? (handler.name || core.code.nextSubscriptionName());
  const recipientQueue = new RecipientQueue();
  const parsed = requirePattern(pattern);
  const route: SubscriptionRoute = {
    kind: 'subscription',
    name: label,
    pattern: parsed.text,
    recipients: [
      {
        address: { kind: 'subscription', subscription: label },
        recipientQueue,
        retryLimits: retryPolicy === undefined ? noRetries : readRetryPolicy(retryPolicy),
        receiver: { attemptOptions, attempt: ({ event }) => attemptResult(() => handler(event.envelope)) },
      },
    ],
  };
  const { host } = core;
  const { routes } = host;
  const end = () => {
    if (recipientQueue.closedBy !== undefined) return;
    signal?.removeEventListener('abort', end);
    const { routes, inFlight } = current().host;
    routes.unsubscribe(bus, route);
    inFlight.closeRecipient(
      recipientQueue,
      createFailure('cancelled', 'UNSUBSCRIBED', `Subscription ${label} was disposed.`, false),
    );
  };
  if (!signal?.aborted) {
    signal?.addEventListener('abort', end, { once: true });
    if (busesOf(host).get(bus) === undefined) addBus(host, bus);
    routes.subscribe(bus, route, parsed);
  }
  const subscription = { name: label, bus, ...createDisposable(end) };
  const data = () => ({ name: label, bus });
  return defineToString(subscription, () => `Subscription ${label} on bus ${bus}`, data);
}
