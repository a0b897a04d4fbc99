import { sharedOn } from '../base/copies.js';
import { describeError } from '../base/describe.js';
import { invalid, isServiceError, ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import { isPutEventsError } from '../bridge/put-events-error.js';
import type { SubscriptionOptions } from '../bridge/subscription.js';
import { defaultConcurrency, maxConcurrency } from '../remote/messages.js';
import type { TargetContext } from '../targets/handler-context.js';
import { type HandlerOptions, targetArn } from '../targets/handlers.js';
import type { ClientSession } from './client-session.js';
import { HttpError } from './http-message.js';

type CallInput = Readonly<Record<string, unknown>>;

/**
 * What a connected process asks the bridge to do. An error that is no refusal of AWS's is an answer here, `failure`, so that
 * the process can throw it as the bridge did.
 */
export async function performCall(
  bridge: Bridge,
  verb: string,
  input: CallInput,
  signal: AbortSignal,
): Promise<object> {
  try {
    switch (verb) {
      case 'publish':
        return { ids: await publish(bridge, input) };
      case 'wait-for':
        return { event: await waitFor(bridge, input, signal) };
      case 'idle':
        return await bridge.idle();
    }
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw serverClosing();
    if (isPutEventsError(error)) return { ids: error.ids.map((id) => id ?? null), failures: error.failures };
    if (isServiceError(error)) throw error;
    return { failure: error instanceof Error ? error.message : describeError(error) };
  }
  throw new HttpError(404, 'UnknownOperationException', `A connection has no ${verb.slice(0, 100)}.`);
}

/** What the request of a connected process is refused with that breaks the protocol. */
export function invalidCall(message: string): ServiceError {
  return invalid(`connections: ${message}.`);
}

export function serverClosing(): HttpError {
  return new HttpError(503, 'ServerClosingException', 'The server is closing.');
}

/** Throws what the bridge throws for what is no list. */
function publish(bridge: Bridge, { events }: CallInput): Promise<string[]> {
  return bridge.publish(events as []);
}

function waitFor(bridge: Bridge, { pattern, since, timeout }: CallInput, signal: AbortSignal): Promise<unknown> {
  return bridge.waitFor(pattern as string, { since: since as 'start', timeout: timeout as number, signal });
}

type RegistrationInput = Readonly<Record<string, unknown>>;

const maxRegistrations = 1000;

/** Who handles which ARN, on all servers of a bridge. */
type HandlerOwners = Map<string, { readonly connection: ClientSession }>;

/** Puts a connected process behind a target's ARN. Throws a ValidationException, and ResourceAlreadyExistsException. */
export function handleFor(bridge: Bridge, connection: ClientSession, input: RegistrationInput): void {
  const { name } = input;
  const registration = readRegistration(connection, input);
  const arn = targetArn(bridge, name as string);
  const taken = sharedOn<HandlerOwners>(bridge, 'connectedHandlers', () => new Map());
  const claim = { connection };
  if ((taken.get(arn) ?? claim).connection !== connection) {
    throw new ServiceError(
      'ResourceAlreadyExistsException',
      `${name} is handled by another connected process. It is free when that one disposes it or goes away.`,
    );
  }
  const options = readHandlerOptions(input) as HandlerOptions;
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
export function subscribeFor(bridge: Bridge, connection: ClientSession, input: RegistrationInput): void {
  const { pattern, bus = 'default', name, retryPolicy } = input;
  const registration = readRegistration(connection, input);
  const options = { ...readHandlerOptions(input), name, retryPolicy } as SubscriptionOptions;
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
function readHandlerOptions({ concurrency, timeout }: RegistrationInput): RegistrationInput {
  if (typeof concurrency === 'number' && concurrency > maxConcurrency) {
    throw invalidCall(`concurrency must be at most ${maxConcurrency} for a connected process, but is ${concurrency}`);
  }
  return { concurrency: concurrency ?? defaultConcurrency, timeout };
}

function readRegistration(connection: ClientSession, { registration }: RegistrationInput): string {
  if (connection.isLeaving) throw invalidCall('the connection is leaving and takes no registration');
  if (connection.registrations >= maxRegistrations)
    throw invalidCall(`it has ${maxRegistrations} registrations already`);
  if (typeof registration === 'string' && registration !== '' && registration.length <= 100) return registration;
  throw invalidCall(`registration must be a string of 1 to 100 characters, but is ${describeValue(registration)}`);
}
