import { sharedOn } from '../base/copies.js';
import { ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import type { SubscriptionOptions } from '../bridge/subscription.js';
import { defaultConcurrency, mostConcurrency } from '../remote/messages.js';
import { targetArn } from '../targets/handle-arn.js';
import type { HandlerOptions } from '../targets/handler-options.js';
import type { TargetContext } from '../targets/target-context.js';
import type { Connection } from './connection.js';
import { invalidCall } from './connection-calls.js';

type Members = Readonly<Record<string, unknown>>;

const mostRegistrations = 1000;

/** Who handles which ARN, on all servers of a bridge. */
type Claims = Map<string, { readonly connection: Connection }>;

/** Puts a connected process behind a target's ARN. Throws a ValidationException, and ResourceAlreadyExistsException. */
export function handleFor(bridge: Bridge, connection: Connection, input: Members): void {
  const { name } = input;
  const registration = readRegistration(connection, input);
  const arn = targetArn(bridge, name as string);
  const taken = sharedOn<Claims>(bridge, 'connectedHandlers', () => new Map());
  const claim = { connection };
  if ((taken.get(arn) ?? claim).connection !== connection) {
    throw new ServiceError(
      'ResourceAlreadyExistsException',
      `${name} is handled by another connected process. It is free when that one disposes it or goes away.`,
    );
  }
  const options = readTerms(input) as HandlerOptions;
  const call = (_: unknown, context: TargetContext) => {
    const { body, signal, ...details } = context.delivery;
    const remaining = context.getRemainingTimeInMillis();
    return connection.deliver(registration, { body, call: { ...details, remaining } }, signal);
  };
  connection.register(
    registration,
    () => bridge.handle(arn, call, options),
    () => {
      if (taken.get(arn) === claim) taken.delete(arn);
    },
  );
  taken.set(arn, claim);
}

/** Subscribes a connected process. Throws a ValidationException, and InvalidEventPatternException. */
export function subscribeFor(bridge: Bridge, connection: Connection, input: Members): void {
  const { pattern, bus = 'default', name, retryPolicy } = input;
  const registration = readRegistration(connection, input);
  const options = { ...readTerms(input), name, retryPolicy } as SubscriptionOptions;
  if (typeof pattern !== 'string' && (typeof pattern !== 'object' || pattern === null)) {
    throw invalidCall(`pattern must be an event pattern, but is ${describeValue(pattern)}`);
  }
  connection.register(
    registration,
    () =>
      bridge
        .bus(bus as string)
        .on(pattern, (event) => connection.deliver(registration, { body: JSON.stringify(event) }), options),
    () => {},
  );
}

/** Never without a bound: what is under way is kept on both sides. */
function readTerms({ concurrency, timeout }: Members): Members {
  if (typeof concurrency === 'number' && concurrency > mostConcurrency) {
    throw invalidCall(`concurrency must be at most ${mostConcurrency} for a connected process, but is ${concurrency}`);
  }
  return { concurrency: concurrency ?? defaultConcurrency, timeout };
}

function readRegistration(connection: Connection, { registration }: Members): string {
  if (connection.isLeaving) throw invalidCall('the connection is leaving and takes no registration');
  if (connection.registrations >= mostRegistrations)
    throw invalidCall(`it has ${mostRegistrations} registrations already`);
  if (typeof registration === 'string' && registration !== '' && registration.length <= 100) return registration;
  throw invalidCall(`registration must be a string of 1 to 100 characters, but is ${describeValue(registration)}`);
}
