import { systemClock } from '../base/clock.js';
import { deepFreeze } from '../base/deep-freeze.js';
import { describeError } from '../base/describe-error.js';
import { asyncDispose, makeHandle } from '../base/disposable.js';
import { startTimer } from '../base/real-timers.js';
import { ServiceError } from '../base/service-error.js';
import type { DeliveryReport } from '../bridge/bridge.js';
import {
  signal as abortSignal,
  handlerChecks,
  readCallOptions,
  retryPolicy,
  text,
} from '../bridge/read-call-options.js';
import type { Envelope } from '../events/envelope.js';
import { requirePattern } from '../patterns/parse-pattern.js';
import { callFunction } from '../targets/call-function.js';
import type { TargetFunction } from '../targets/target-function.js';
import { readConnectOptions, readUrl } from './connect-options.js';
import type { DeliveryMessage } from './deliveries.js';
import { closed, Link } from './link.js';
import { Registrations } from './registrations.js';
import type { ConnectOptions, RemoteBridge } from './remote-bridge.js';
import { remotePublish, type Use } from './remote-publish.js';
import type { Session } from './session.js';
import { Slots } from './slots.js';

const subscriptionChecks = { name: text, bus: text, signal: abortSignal, retryPolicy, ...handlerChecks };
const waitChecks = {
  since: { holds: (value: unknown) => value === 'start' || value === 'now', wanted: '"start" or "now"' },
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
  const slots = new Slots(callsAtOnce);
  /** Of each question that is under way. */
  const questions = new Set<AbortController>();

  const requireOpen = (): void => {
    if (disconnected !== undefined) throw closed();
  };
  const use: Use = async (work) => {
    requireOpen();
    await registrations.settled();
    return link.use(work);
  };
  const boundedUse: Use = (work) => slots.run(() => use(work));
  const askAgain: Use = async (work) => {
    for (;;) {
      try {
        return await use(work);
      } catch (error) {
        if ((error as Error | null)?.name !== 'ConnectionLostException') throw error;
      }
    }
  };
  /** What changes nothing, and is asked again when the connection was lost. Throws what the bridge threw. */
  const ask = async <Answer>(verb: string, input: object, signal?: AbortSignal): Promise<Answer> => {
    const body = toJson(input);
    const question = new AbortController();
    const over = signal === undefined ? question.signal : AbortSignal.any([signal, question.signal]);
    questions.add(question);
    let answer: unknown;
    try {
      answer = await unlessAborted(over, () => askAgain((session) => session.post(verb, body, over)));
    } finally {
      questions.delete(question);
    }
    const { failure } = answer as { failure?: string };
    if (failure !== undefined) throw new Error(failure);
    return answer as Answer;
  };
  const disconnect = async (): Promise<void> => {
    for (const question of questions) question.abort(closed());
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
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSEvents.${name}` };
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
        const end = () => {
          signal?.removeEventListener('abort', end);
          dispose();
        };
        if (signal?.aborted) end();
        else signal?.addEventListener('abort', end, { once: true });
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
      return deepFreeze((await ask<{ event: Envelope<never, never> }>('wait-for', input, signal)).event);
    },
    idle: async () => {
      const { nextAt, ...report } = await ask<DeliveryReport>('idle', {});
      return { ...report, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
    },
    close,
    [asyncDispose]: close,
  };
}

function callTarget(target: TargetFunction, { body, call }: DeliveryMessage, signal: AbortSignal): unknown {
  if (call === undefined) return undefined;
  const { eventId: id, attempt: number, traceHeader, remaining, ...address } = call;
  const terms = { clock: systemClock, timeout: remaining };
  return callFunction(target, { body, number, signal, delivery: { event: { id, traceHeader } } }, address, terms);
}

/** Also while there is no server that could be asked. */
function unlessAborted<Answer>(signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work().then(resolve, reject);
  });
}

function endOf({ ended }: Session): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) resolve();
    else ended.addEventListener('abort', () => resolve(), { once: true });
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

/** Timestamps are numbers of seconds in JSON, and all members of that name are timestamps. */
function reviveTimes(key: string, value: unknown): unknown {
  return key.endsWith('Time') && typeof value === 'number' ? new Date(value * 1000) : value;
}

function toJson(input: object): string {
  try {
    return JSON.stringify(input, inSeconds) ?? 'null';
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw invalid(`The input has no JSON text: ${describeError(error).split('\n', 1)[0]}`);
  }
}

/** JSON makes nothing of a Date that is none. `this[key]`, because JSON.stringify has made a text of it before it asks. */
function inSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (!(original instanceof Date)) return value;
  if (Number.isNaN(original.getTime())) throw invalid(`${key} must be a time, but is an invalid Date`);
  return original.getTime() / 1000;
}

function unknownOperation(name: unknown): ServiceError {
  const shown = String(name).slice(0, 100);
  return new ServiceError('UnknownOperationException', `Footbridge has no operation ${shown}.`);
}

function requireHandler(handler: unknown): void {
  if (typeof handler !== 'function') throw invalid('A handler must be a function');
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', `${message}.`);
}
