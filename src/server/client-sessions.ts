import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import { onReset } from '../bridge/internals.js';
import type { Settlement } from '../remote/messages.js';
import { ClientSession } from './client-session.js';
import { HttpError, type HttpResponse, jsonResponse, streamResponse } from './http-message.js';
import {
  type CallInput,
  invalidCall,
  performCall,
  readRegistration,
  registerHandler,
  registerSubscription,
  serverClosing,
} from './session-calls.js';

const minHeartbeat = 10;
const maxHeartbeat = 3_600_000;

/** Milliseconds of real time that a closing server waits for what it has sent. */
const closeTimeout = 5000;

/** The processes that are connected to a server. */
export class ClientSessions {
  readonly #bridge: Bridge;
  readonly #open = new Map<string, ClientSession>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Returns the stream of messages to a process. Throws a ValidationException. */
  open(input: unknown, ending: AbortController): HttpResponse {
    if (ending.signal.aborted) throw serverClosing();
    const { heartbeat, replaces } = readObject(input);
    if (typeof heartbeat !== 'number' || !(heartbeat >= minHeartbeat && heartbeat <= maxHeartbeat)) {
      const found = typeof heartbeat === 'number' ? heartbeat : describeValue(heartbeat);
      throw invalidCall(`heartbeat must be milliseconds from ${minHeartbeat} to ${maxHeartbeat}, but is ${found}`);
    }
    if (typeof replaces === 'string') this.#open.get(replaces)?.ending.abort();
    const session = new ClientSession(heartbeat, ending);
    this.#open.set(session.id, session);
    // The process does not learn of a reset, so its registrations are repeated here.
    const resets = onReset(this.#bridge, () => session.registerAll());
    const end = () => {
      this.#open.delete(session.id);
      resets.dispose();
    };
    onAbort(ending.signal, end);
    const { account, region } = this.#bridge;
    session.send({ kind: 'welcome', connection: session.id, account, region });
    return streamResponse('application/x-ndjson', session.next, ending);
  }

  /** Responds to one call of a connected process. Throws an HttpError or a ServiceError. */
  async respond(id: string, method: string, body: unknown, signal: AbortSignal): Promise<HttpResponse> {
    const session = this.#open.get(id);
    if (session === undefined) {
      throw new HttpError(404, 'UnknownConnectionException', 'The connection does not exist, or has ended.');
    }
    session.onActivity();
    const input = readObject(body ?? {});
    return jsonResponse(200, JSON.stringify((await this.#perform(session, method, input, signal)) ?? {}));
  }

  /** Whether this ends a session, rather than one request. */
  owns(ending: AbortController): boolean {
    return [...this.#open.values()].some((session) => session.ending === ending);
  }

  /** Disconnects all. Resolves when each has settled what it was sent, after 5 s of real time, or when the signal aborts. */
  async end(signal: AbortSignal): Promise<void> {
    const open = [...this.#open.values()];
    const ended = open.map(({ ending }) => new Promise((resolve) => onAbort(ending.signal, () => resolve(undefined))));
    const endAll = () => {
      for (const { ending } of open) ending.abort();
    };
    const cancelTimer = startTimer(closeTimeout, endAll);
    onAbort(signal, endAll);
    for (const session of open) session.close();
    await Promise.all(ended);
    cancelTimer();
  }

  #perform(session: ClientSession, method: string, input: CallInput, signal: AbortSignal): unknown {
    const { settlements } = input;
    switch (method) {
      case 'ping':
        return undefined;
      case 'handle':
        return registerHandler(this.#bridge, session, input);
      case 'on':
        return registerSubscription(this.#bridge, session, input);
      case 'dispose':
        return session.dispose(readRegistration(input));
      case 'settle':
        return session.settle(readSettlements(settlements));
      case 'disconnect':
        return session.close();
      case 'goodbye-ack':
        return session.acknowledgeGoodbye();
      default:
        return performCall(this.#bridge, method, input, signal);
    }
  }
}

function readObject(input: unknown): CallInput {
  if (typeof input === 'object' && input !== null && !isArray(input)) return input as CallInput;
  throw invalidCall(`the body must be a JSON object, but is ${describeValue(input)}`);
}

function readSettlements(input: unknown): Settlement[] {
  const isSettlement = (item: unknown): item is Settlement => {
    if (typeof item !== 'object' || item === null) return false;
    const { id, error } = item as { id?: unknown; error?: unknown };
    if (typeof id !== 'number' || (error !== undefined && (typeof error !== 'object' || error === null))) return false;
    return Object.entries(error ?? {}).every(([name, value]) => typeof value === errorMemberTypes[name]);
  };
  if (isArray(input) && input.every(isSettlement)) return input;
  throw invalidCall('settlements must be a list of {"id":…} or {"id":…,"error":{"message":…}}');
}

const errorMemberTypes: Readonly<Record<string, string>> = {
  message: 'string',
  name: 'string',
  stack: 'string',
  code: 'string',
  retryable: 'boolean',
  retryAfter: 'number',
};
