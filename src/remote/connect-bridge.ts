import { systemClock } from '../base/clock/clock.js';
import { startTimer } from '../base/clock/real-timers.js';
import { asyncDispose, makeHandle, onAbort } from '../base/disposable.js';
import { Semaphore } from '../base/semaphore.js';
import { invalid, ServiceError } from '../base/service-error.js';
import { deepFreeze } from '../base/unknown-value.js';
import type { DeliveryReport } from '../bridge/bridge.js';
import {
  signal as abortSignal,
  handlerChecks,
  readCallOptions,
  retryPolicy,
  since,
  text,
} from '../bridge/read-call-options.js';
import type { Envelope } from '../events/envelope.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { callFunction } from '../targets/function.js';
import type { TargetFunction } from '../targets/handlers.js';
import { awsJson, targetPrefix } from '../wire/json-protocol.js';
import { reviveTimes, toJson } from './call-json.js';
import { readConnectOptions, readUrl } from './connect-options.js';
import type { DeliveryMessage } from './deliveries.js';
import { closed, Link } from './link.js';
import { Questions } from './questions.js';
import { Registrations } from './registrations.js';
import type { ConnectOptions, RemoteBridge } from './remote-bridge.js';
import { remotePublish } from './remote-publish.js';
import type { Session, Use } from './session.js';

const subscriptionChecks = { name: text, bus: text, signal: abortSignal, retryPolicy, ...handlerChecks };
const waitChecks = {
  since,
  timeout: {
    holds: (value: unknown) => typeof value === 'number' && value >= 0 && Number.isFinite(value),
    wanted: 'milliseconds, 0 or more, and finite',
  },
  signal: abortSignal,
};
const callsAtOnce = 32;
const patience = 5000;

/**
 * Connects to a bridge that `serve` or `fetchHandler` makes reachable at a URL, such as `http://127.0.0.1:4010`. Waits for a
 * server that is not there yet, and rejects as `ServerUnreachableException` when that takes longer than `timeout`; at once if
 * the server refuses the connection. Throws an Error for options that are wrong.
 */
export async function connectBridge(url: string, options?: ConnectOptions): Promise<RemoteBridge> {
  const registrations = new Registrations();
  const link = new Link(readUrl(url), readConnectOptions(options), registrations);
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
  link: Link,
  registrations: Registrations,
  home: { readonly account: string; readonly region: string },
): RemoteBridge {
  let disconnected: Promise<void> | undefined;
  let unnamed = 0;
  const semaphore = new Semaphore(callsAtOnce);

  const requireOpen = (): void => {
    if (disconnected !== undefined) throw closed();
  };
  const use: Use = async (work) => {
    requireOpen();
    await registrations.settled();
    return link.use(work);
  };
  const boundedUse: Use = (work) => semaphore.run(() => use(work));
  const questions = new Questions(use);
  const disconnect = async (): Promise<void> => {
    questions.end(closed());
    // Without a connection there is nothing to take back.
    if (link.session !== undefined) await Promise.race([registrations.settled(), endOf(link.session)]);
    link.stop();
    if (link.session !== undefined) await leave(link.session);
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
      const body = toJson(input ?? {});
      const answer = await boundedUse((session) => session.send('/', headers, body));
      return answer === '' ? {} : JSON.parse(answer, reviveTimes);
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
async function leave(session: Session): Promise<void> {
  const ended = endOf(session);
  const stopTimer = startTimer(patience, () => session.end());
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
