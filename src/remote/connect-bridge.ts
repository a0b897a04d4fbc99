import { systemClock } from '../base/clock/clock.js';
import { startTimer } from '../base/clock/real-timers.js';
import { asyncDispose, makeHandle, onAbort } from '../base/disposable.js';
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
import { closed, SessionManager, type SessionOptions } from './session-manager.js';

const defaults: SessionOptions = { heartbeat: 10_000, timeout: 5000, reconnectDelay: 50 };
const ranges: { readonly [Name in keyof SessionOptions]: readonly [least: number, most: number] } = {
  heartbeat: [10, 3_600_000],
  timeout: [0, 2 ** 31 - 1],
  reconnectDelay: [0, 3_600_000],
};

/** Fills in the defaults. Throws an Error that names the option which is unknown or wrong. */
export function readConnectOptions(options: ConnectOptions = {}): SessionOptions {
  if (typeof options !== 'object' || options === null) {
    throw new Error(`connectBridge: the options must be an object, but are ${describeValue(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(ranges, name)) {
      throw new Error(`connectBridge: there is no option ${name}; there are ${Object.keys(ranges).join(', ')}.`);
    }
    const [least, most] = ranges[name as keyof SessionOptions];
    if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) continue;
    const found = typeof value === 'number' ? value : describeValue(value);
    throw new Error(`connectBridge: ${name} must be milliseconds from ${least} to ${most}, but is ${found}.`);
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** The URL without a slash at its end. Throws an Error for what is no URL of HTTP. */
export function readUrl(url: string): string {
  try {
    const { protocol, origin, pathname } = new URL(url);
    if (protocol === 'http:' || protocol === 'https:') return `${origin}${pathname}`.replace(/\/+$/, '');
  } catch {
    // Told below.
  }
  const found = typeof url === 'string' ? JSON.stringify(url.slice(0, 100)) : describeValue(url);
  throw new Error(`connectBridge: the URL must be one such as "http://127.0.0.1:4010", but is ${found}.`);
}

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
 * Connects to a bridge that `serve` or `fetchHandler` makes reachable at a URL, such as `http://127.0.0.1:4010`. Waits for a
 * server that is not there yet, and rejects as `ServerUnreachableException` when that takes longer than `timeout`; at once if
 * the server refuses the connection. Throws an Error for options that are wrong.
 */
export async function connectBridge(url: string, options?: ConnectOptions): Promise<RemoteBridge> {
  const registrations = new Registrations();
  const link = new SessionManager(readUrl(url), readConnectOptions(options), registrations);
  void link.run();
  try {
    const { account, region } = await link.open();
    return makeRemoteBridge(link, registrations, { account, region });
  } catch (error) {
    link.stop();
    throw error;
  }
}

function makeRemoteBridge(
  link: SessionManager,
  registrations: Registrations,
  home: { readonly account: string; readonly region: string },
): RemoteBridge {
  let disconnected: Promise<void> | undefined;
  let unnamed = 0;
  const semaphore = new Semaphore(maxConcurrentCalls);

  const requireOpen = (): void => {
    if (disconnected !== undefined) throw closed();
  };
  const use: WithSession = async (work) => {
    requireOpen();
    await registrations.settled();
    return link.use(work);
  };
  const boundedUse: WithSession = (work) => semaphore.run(() => use(work));
  const questions = new IdempotentRequests(use);
  const disconnect = async (): Promise<void> => {
    questions.end(closed());
    // Without a connection there is nothing to take back.
    if (link.session !== undefined) await Promise.race([registrations.settled(), endOf(link.session)]);
    link.stop();
    if (link.session !== undefined) await disconnectSession(link.session);
  };
  const close = (): Promise<void> => {
    disconnected ??= disconnect();
    return disconnected;
  };

  return {
    url: link.url,
    ...home,
    publish: (async (input: unknown) => remotePublish(boundedUse, input)) as RemoteBridge['publish'],
    invoke: async (name, input) => {
      if (!/^\w{1,100}$/.test(String(name))) throw unknownOperation(name);
      const headers = { 'content-type': awsJson, 'x-amz-target': `${targetPrefix}${name}` };
      const body = serializeInput(input ?? {});
      const answer = await boundedUse((session) => session.send('/', headers, body));
      return answer === '' ? {} : JSON.parse(answer, reviveDates);
    },
    on: (pattern, handler, options) => {
      requireOpen();
      requireHandler(handler);
      const given = readCallOptions('on', options, subscriptionChecks);
      const { signal, bus = 'default', ...terms } = given;
      const name = given.name ?? (handler.name || `remote-subscription-${++unnamed}`);
      const request = { ...terms, pattern: requirePattern(pattern).text, bus, name };
      const run = ({ body }: DeliveryMessage) => handler(deepFreeze(JSON.parse(body)));
      return registrations.register(link, 'on', request, run, (dispose) => {
        const stopListening = onAbort(signal, dispose);
        const end = () => {
          stopListening();
          dispose();
        };
        return { name, bus, ...makeHandle(end) };
      });
    },
    handle: (arnOrName, target, options) => {
      requireOpen();
      requireHandler(target);
      const request = { ...readCallOptions('handle', options, handlerChecks), name: String(arnOrName) };
      const run = (message: DeliveryMessage, signal: AbortSignal) =>
        callTarget(target as TargetFunction, message, signal);
      return registrations.register(link, 'handle', request, run, makeHandle);
    },
    waitFor: async (pattern, options) => {
      const { since, timeout, signal } = readCallOptions('waitFor', options, waitChecks);
      const input = { pattern: requirePattern(pattern).text, since, timeout };
      return deepFreeze((await questions.ask<{ event: Envelope<never, never> }>('wait-for', input, signal)).event);
    },
    idle: async () => {
      const { nextAt, ...report } = await questions.ask<DeliveryReport>('idle', {});
      return { ...report, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
    },
    close,
    [asyncDispose]: close,
  };
}

function callTarget(target: TargetFunction, { body, call }: DeliveryMessage, signal: AbortSignal): unknown {
  if (call === undefined) return undefined;
  const { eventId: id, attempt: attemptNumber, traceHeader, partitionKey, remaining, ...address } = call;
  const terms = { clock: systemClock, timeout: remaining, partitionKey };
  return callFunction(target, { body, attemptNumber, signal, event: { id, traceHeader } }, address, terms);
}

function endOf({ ended }: Session): Promise<void> {
  return new Promise((resolve) => {
    onAbort(ended, resolve);
  });
}

/** The server ends the connection when everything that it sent is settled. */
async function disconnectSession(session: Session): Promise<void> {
  const ended = endOf(session);
  const stopTimer = startTimer(closeTimeout, () => session.end());
  try {
    await session.post('leave', '{}');
  } catch {
    session.end();
  }
  await ended;
  stopTimer();
}

function unknownOperation(name: unknown): ServiceError {
  const shown = String(name).slice(0, 100);
  return new ServiceError('UnknownOperationException', `Footbridge has no operation ${shown}.`);
}

function requireHandler(handler: unknown): void {
  if (typeof handler !== 'function') throw invalid('A handler must be a function.');
}
