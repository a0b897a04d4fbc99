import { sharedOn } from '../base/copies.js';
import { describeError } from '../base/describe.js';
import { invalid, isServiceError, ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import { isPutEventsError } from '../bridge/put-events-error.js';
import type { SubscriptionOptions } from '../bridge/subscription.js';
import { defaultConcurrency, maxConcurrency } from '../remote/messages.js';
import type { TargetContext } from '../targets/handler-context.js';
import { covering, type HandlerOptions, targetArn } from '../targets/handlers.js';
import type { ClientSession } from './client-session.js';
import { HttpError } from './http-message.js';

export type CallInput = Readonly<Record<string, unknown>>;

const maxRegistrations = 1000;

/**
 * Performs a call of a connected process on the bridge. Errors other than AWS's are returned as `failure`, so that the process can
 * throw them as the bridge did.
 */
export async function performCall(
  bridge: Bridge,
  method: string,
  input: CallInput,
  signal: AbortSignal,
): Promise<object> {
  try {
    switch (method) {
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
  throw new HttpError(404, 'UnknownOperationException', `A connection has no method ${method.slice(0, 100)}.`);
}

/** Rejects a request of a connected process that breaks the protocol. */
export function invalidCall(message: string): ServiceError {
  return invalid(`connections: ${message}.`);
}

export function serverClosing(): HttpError {
  return new HttpError(503, 'ServerClosingException', 'The server is closing.');
}

/** Throws what the bridge throws for events that are not a list. */
function publish(bridge: Bridge, { events }: CallInput): Promise<string[]> {
  return bridge.publish(events as []);
}

function waitFor(bridge: Bridge, { pattern, since, timeout }: CallInput, signal: AbortSignal): Promise<unknown> {
  return bridge.waitFor(pattern as string, { since: since as 'start', timeout: timeout as number, signal });
}

/** Which session handles which ARN, on all servers of a bridge. */
type HandlerOwners = Map<string, { readonly session: ClientSession }>;

/**
 * Makes a connected process the handler of an ARN, in place of a handler of the server's own, which returns when the registration
 * ends. Throws a ValidationException, or ResourceAlreadyExistsException.
 */
export function registerHandler(bridge: Bridge, session: ClientSession, input: CallInput): void {
  const { name } = input;
  const registration = readNewRegistration(session, input);
  const arn = targetArn(bridge, name as string);
  const owners = sharedOn<HandlerOwners>(bridge, 'connectedHandlers', () => new Map());
  const owner = { session };
  if ((owners.get(arn) ?? owner).session !== session) {
    throw new ServiceError(
      'ResourceAlreadyExistsException',
      `${name} is handled by another connected process until that one disposes its handler or disconnects.`,
    );
  }
  const options = readHandlerOptions(input) as HandlerOptions;
  const call = covering((_: unknown, context: TargetContext) => {
    const { body, signal, ...details } = context.delivery;
    const remaining = context.getRemainingTimeInMillis();
    return session.deliver(registration, { body, call: { ...details, remaining } }, signal);
  });
  session.register(
    registration,
    () => bridge.handle(arn, call, options),
    () => {
      if (owners.get(arn) === owner) owners.delete(arn);
    },
  );
  owners.set(arn, owner);
}

/** Subscribes a connected process. Throws a ValidationException, or InvalidEventPatternException. */
export function registerSubscription(bridge: Bridge, session: ClientSession, input: CallInput): void {
  const { pattern, bus = 'default', name, retryPolicy } = input;
  const registration = readNewRegistration(session, input);
  const options = { ...readHandlerOptions(input), name, retryPolicy } as SubscriptionOptions;
  if (typeof pattern !== 'string' && (typeof pattern !== 'object' || pattern === null)) {
    throw invalidCall(`pattern must be an event pattern, but is ${describeValue(pattern)}`);
  }
  const deliver = (event: unknown) => session.deliver(registration, { body: JSON.stringify(event) });
  session.register(
    registration,
    () => bridge.bus(bus as string).on(pattern, deliver, options),
    () => {},
  );
}

/** Concurrency always has a bound, because both sides keep what is in flight. */
function readHandlerOptions({ concurrency, timeout }: CallInput): CallInput {
  if (typeof concurrency === 'number' && concurrency > maxConcurrency) {
    throw invalidCall(`concurrency must be at most ${maxConcurrency} for a connected process, but is ${concurrency}`);
  }
  return { concurrency: concurrency ?? defaultConcurrency, timeout };
}

function readNewRegistration(session: ClientSession, input: CallInput): string {
  if (session.isClosing) throw invalidCall('the connection is closing and accepts no registration');
  if (session.registrations >= maxRegistrations) {
    throw invalidCall(`a connection may have at most ${maxRegistrations} registrations`);
  }
  return readRegistration(input);
}

/** Throws a ValidationException. */
export function readRegistration({ registration }: CallInput): string {
  if (typeof registration === 'string' && registration !== '' && registration.length <= 100) return registration;
  throw invalidCall(`registration must be a string of 1 to 100 characters, but is ${describeValue(registration)}`);
}
