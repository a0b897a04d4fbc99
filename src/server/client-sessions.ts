import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import { onReset } from '../bridge/internals.js';
import type { Settlement } from '../remote/messages.js';
import { ClientSession } from './client-session.js';
import { HttpError, type HttpResponse, jsonResponse, streamResponse } from './http-message.js';
import { handleFor, invalidCall, performCall, serverClosing, subscribeFor } from './session-calls.js';

type Members = Readonly<Record<string, unknown>>;

const minHeartbeat = 10;
const maxHeartbeat = 3_600_000;

/** How long what was sent is waited for when a server closes. */
const closeTimeout = 5000;

/** The processes that are connected to a server. */
export class ClientSessions {
  readonly #bridge: Bridge;
  readonly #open = new Map<string, ClientSession>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Answers the stream of messages to a process. Throws a ValidationException. */
  open(input: unknown, ending: AbortController): HttpResponse {
    if (ending.signal.aborted) throw serverClosing();
    const { heartbeat, replaces } = readMembers(input);
    if (typeof heartbeat !== 'number' || !(heartbeat >= minHeartbeat && heartbeat <= maxHeartbeat)) {
      const found = typeof heartbeat === 'number' ? heartbeat : describeValue(heartbeat);
      throw invalidCall(`heartbeat must be milliseconds from ${minHeartbeat} to ${maxHeartbeat}, but is ${found}`);
    }
    if (typeof replaces === 'string') this.#open.get(replaces)?.ending.abort();
    const connection = new ClientSession(heartbeat, ending);
    this.#open.set(connection.id, connection);
    // What the process has put on the bridge it cannot put there again: it does not hear of the reset.
    const resets = onReset(this.#bridge, () => connection.registerAgain());
    const end = () => {
      this.#open.delete(connection.id);
      resets.dispose();
    };
    onAbort(ending.signal, end);
    const { account, region } = this.#bridge;
    connection.send({ kind: 'welcome', connection: connection.id, account, region });
    return streamResponse('application/x-ndjson', connection.next, ending);
  }

  /** Answers one call of a connected process. Throws what refusals are made of. */
  async answer(id: string, verb: string, body: unknown, signal: AbortSignal): Promise<HttpResponse> {
    const connection = this.#open.get(id);
    if (connection === undefined) {
      throw new HttpError(404, 'UnknownConnectionException', 'There is no such connection, or there is none any more.');
    }
    connection.heard();
    const input = readMembers(body ?? {});
    return jsonResponse(200, JSON.stringify((await this.#perform(connection, verb, input, signal)) ?? {}));
  }

  /** Whether this ends a connection, and not just a request. */
  holds(ending: AbortController): boolean {
    return [...this.#open.values()].some((connection) => connection.ending === ending);
  }

  /** Lets all go: resolves when each has settled what it was sent, after 5 s of real time, or when the signal aborts. */
  async end(signal: AbortSignal): Promise<void> {
    const open = [...this.#open.values()];
    const over = open.map(({ ending }) => new Promise((resolve) => onAbort(ending.signal, () => resolve(undefined))));
    const endAll = () => {
      for (const { ending } of open) ending.abort();
    };
    const stopTimer = startTimer(closeTimeout, endAll);
    onAbort(signal, endAll);
    for (const connection of open) connection.leave();
    await Promise.all(over);
    stopTimer();
  }

  #perform(connection: ClientSession, verb: string, input: Members, signal: AbortSignal): unknown {
    const { registration, settlements } = input;
    switch (verb) {
      case 'ping':
        return undefined;
      case 'handle':
        return handleFor(this.#bridge, connection, input);
      case 'on':
        return subscribeFor(this.#bridge, connection, input);
      case 'dispose':
        return connection.dispose(String(registration));
      case 'settle':
        return connection.settle(readSettlements(settlements));
      case 'leave':
        return connection.leave();
      case 'left':
        return connection.left();
      default:
        return performCall(this.#bridge, verb, input, signal);
    }
  }
}

function readMembers(input: unknown): Members {
  if (typeof input === 'object' && input !== null && !isArray(input)) return input as Members;
  throw invalidCall(`the body must be a JSON object, but is ${describeValue(input)}`);
}

function readSettlements(input: unknown): Settlement[] {
  const isSettlement = (item: unknown): item is Settlement => {
    if (typeof item !== 'object' || item === null) return false;
    const { id, error } = item as { id?: unknown; error?: unknown };
    if (typeof id !== 'number' || (error !== undefined && (typeof error !== 'object' || error === null))) return false;
    return Object.entries(error ?? {}).every(([name, value]) => typeof value === memberTypes[name]);
  };
  if (isArray(input) && input.every(isSettlement)) return input;
  throw invalidCall('settlements must be a list of {"id":…} or {"id":…,"error":{"message":…}}');
}

const memberTypes: Readonly<Record<string, string>> = {
  message: 'string',
  name: 'string',
  stack: 'string',
  code: 'string',
  retryable: 'boolean',
  retryAfter: 'number',
};
