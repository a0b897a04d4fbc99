import { systemClock } from '../base/clock/clock.js';
import { startTimer } from '../base/clock/real-timers.js';
import { asyncDispose, createDisposable, onAbort } from '../base/disposable.js';
import { Semaphore } from '../base/semaphore.js';
import { invalid, ServiceError } from '../base/service-error.js';
import { deepFreeze, describeValue } from '../base/unknown-value.js';
import type { DeliveryReport } from '../bridge/bridge.js';
import {
  signal as abortSignal,
  handlerChecks,
  readCallOptions,
  retryPolicy,
  since,
  text,
} from '../core/call-options.js';

import type { Envelope } from '../events/envelope.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { callFunction } from '../targets/function.js';
import type { TargetFunction } from '../targets/handlers.js';
import { awsJson, targetPrefix } from '../wire/json-protocol.js';
import { IdempotentRequests, remotePublish, reviveDates, serializeInput } from './calls.js';
import type { DeliveryMessage } from './deliveries.js';
import { Registrations } from './registrations.js';
import type { ConnectOptions, RemoteBridge } from './remote-bridge.js';
import type { Session, WithSession } from './session.js';
import { connectionClosed, SessionManager, type SessionOptions } from './session-manager.js';

const defaults: SessionOptions = { heartbeat: 10_000, timeout: 5000, reconnectDelay: 50 };
const ranges: { readonly [Name in keyof SessionOptions]: readonly [min: number, max: number] } = {
  heartbeat: [10, 3_600_000],
  timeout: [0, 2 ** 31 - 1],
  reconnectDelay: [0, 3_600_000],
};
const subscriptionChecks = { name: text, bus: text, signal: abortSignal, retryPolicy, ...handlerChecks };
const waitChecks = {
  since,
  timeout: {
    holds: (value: unknown) => typeof value === 'number' && value >= 0 && Number.isFinite(value),
    wanted: 'milliseconds, 0 or more, and finite',
  },
  signal: abortSignal,
};
const maxConcurrentCalls = 32;
const closeTimeout = 5000;

/**
 * Connects to a bridge in another process, that `serve` or `fetchHandler` makes available.
 *
 * It waits for a server that is not running yet.
 *
 * @param url - Where the server is, such as `http://127.0.0.1:4010`.
 * @param options - Heartbeats and timeouts.
 * @returns The remote bridge, once connected.
 * @throws {ServerUnreachableException} when no server is reached within `timeout`.
 * @throws {ServiceError} when the server rejects the connection.
 * @throws {Error} when the URL or an option is invalid.
 * @example
 * ```ts
 * await using remote = await connectBridge('http://127.0.0.1:4010');
 * await remote.on({ source: ['com.shop'] }, (event) => console.log(event.detail));
 * ```
 */
export async function connectBridge(url: string, options?: ConnectOptions): Promise<RemoteBridge> {
  const registrations = new Registrations();
  const sessions = new SessionManager(readUrl(url), readConnectOptions(options), registrations);
  void sessions.run();
  try {
    const { account, region } = await sessions.open();
    return createRemoteBridge(sessions, registrations, { account, region });
  } catch (error) {
    sessions.stop();
    throw error;
  }
}

/** Adds the defaults. Throws an Error that names the option which is unknown or invalid. */
function readConnectOptions(options: ConnectOptions = {}): SessionOptions {
  if (typeof options !== 'object' || options === null) {
    throw new Error(`connectBridge: the options must be an object, but are ${describeValue(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(ranges, name)) {
      throw new Error(`connectBridge: ${name} is not an option; the options are ${Object.keys(ranges).join(', ')}.`);
    }
    const [min, max] = ranges[name as keyof SessionOptions];
    if (value === undefined || (typeof value === 'number' && value >= min && value <= max)) continue;
    const found = typeof value === 'number' ? value : describeValue(value);
    throw new Error(`connectBridge: ${name} must be milliseconds from ${min} to ${max}, but is ${found}.`);
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Returns the URL without a slash at its end. Throws an Error for what is not a URL of HTTP. */
function readUrl(url: string): string {
  try {
    const { protocol, origin, pathname } = new URL(url);
    if (protocol === 'http:' || protocol === 'https:') return `${origin}${pathname}`.replace(/\/+$/, '');
  } catch {
    // The error is thrown below.
  }
  const found = typeof url === 'string' ? JSON.stringify(url.slice(0, 100)) : describeValue(url);
  throw new Error(`connectBridge: the URL must be one such as "http://127.0.0.1:4010", but is ${found}.`);
}

function createRemoteBridge(
  sessions: SessionManager,
  registrations: Registrations,
  accountRegion: { readonly account: string; readonly region: string },
): RemoteBridge {
  let disconnected: Promise<void> | undefined;
  let unnamed = 0;
  const semaphore = new Semaphore(maxConcurrentCalls);

  const requireOpen = (): void => {
    if (disconnected !== undefined) throw connectionClosed();
  };
  const withSession: WithSession = async (work) => {
    requireOpen();
    await registrations.settled();
    return sessions.withSession(work);
  };
  const limited: WithSession = (work) => semaphore.run(() => withSession(work));
  const requests = new IdempotentRequests(withSession);
  const disconnect = async (): Promise<void> => {
    requests.end(connectionClosed());
    // Registrations end with their session.
    if (sessions.session !== undefined) await Promise.race([registrations.settled(), endOf(sessions.session)]);
    sessions.stop();
    if (sessions.session !== undefined) await disconnectSession(sessions.session);
  };
  const close = (): Promise<void> => {
    disconnected ??= disconnect();
    return disconnected;
  };

  return {
    url: sessions.url,
    ...accountRegion,
    publish: (async (input: unknown) => remotePublish(limited, input)) as RemoteBridge['publish'],
    invoke: async (name, input) => {
      if (!/^\w{1,100}$/.test(String(name))) throw unknownOperation(name);
      const headers = { 'content-type': awsJson, 'x-amz-target': `${targetPrefix}${name}` };
      const body = serializeInput(input ?? {});
      const output = await limited((session) => session.send('/', headers, body));
      return output === '' ? {} : JSON.parse(output, reviveDates);
    },
    on: (pattern, handler, options) => {
      requireOpen();
      requireHandler(handler);
      const given = readCallOptions('on', options, subscriptionChecks);
      const { signal, bus = 'default', ...handlerOptions } = given;
      const name = given.name ?? (handler.name || `remote-subscription-${++unnamed}`);
      const request = { ...handlerOptions, pattern: requirePattern(pattern).text, bus, name };
      const run = ({ body }: DeliveryMessage) => handler(deepFreeze(JSON.parse(body)));
      return registrations.register(sessions, 'on', request, run, (dispose) => {
        const stopListening = onAbort(signal, dispose);
        const end = () => {
          stopListening();
          dispose();
        };
        return { name, bus, ...createDisposable(end) };
      });
    },
    handle: (arnOrName, handler, options) => {
      requireOpen();
      requireHandler(handler);
      const request = { ...readCallOptions('handle', options, handlerChecks), name: String(arnOrName) };
      const run = (message: DeliveryMessage, signal: AbortSignal) =>
        callHandler(handler as TargetFunction, message, signal);
      return registrations.register(sessions, 'handle', request, run, createDisposable);
    },
    waitFor: async (pattern, options) => {
      const { since, timeout, signal } = readCallOptions('waitFor', options, waitChecks);
      const input = { pattern: requirePattern(pattern).text, since, timeout };
      const { event } = await requests.send<{ event: Envelope<never, never> }>('wait-for', input, signal);
      return deepFreeze(event);
    },
    idle: async () => {
      const { nextAt, ...report } = await requests.send<DeliveryReport>('idle', {});
      return { ...report, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
    },
    close,
    [asyncDispose]: close,
  };
}

function callHandler(handler: TargetFunction, { body, call }: DeliveryMessage, signal: AbortSignal): unknown {
  if (call === undefined) return undefined;
  const { eventId: id, attempt: attemptNumber, traceHeader, partitionKey, remaining, ...address } = call;
  const options = { clock: systemClock, timeout: remaining, partitionKey };
  return callFunction(handler, { body, attemptNumber, signal, event: { id, traceHeader } }, address, options);
}

function endOf({ ended }: Session): Promise<void> {
  return new Promise((resolve) => {
    onAbort(ended, resolve);
  });
}

/** Resolves when the server has ended the session, which it does when everything that it sent is settled. */
async function disconnectSession(session: Session): Promise<void> {
  const ended = endOf(session);
  const cancelTimer = startTimer(closeTimeout, () => session.end());
  try {
    await session.call('disconnect', '{}');
  } catch {
    session.end();
  }
  await ended;
  cancelTimer();
}

function unknownOperation(name: unknown): ServiceError {
  const shown = String(name).slice(0, 100);
  return new ServiceError('UnknownOperationException', `Footbridge has no operation ${shown}.`);
}

function requireHandler(handler: unknown): void {
  if (typeof handler !== 'function') throw invalid('A handler must be a function.');
}
