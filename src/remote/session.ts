import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { Signal } from '../base/signal.js';
import type { ServerMessage } from './messages.js';

/** The server does not know the connection, is closing or cannot be reached: the request was not processed. */
export class RequestNotSentError extends Error {}

/** Milliseconds to wait for responses after the connection was lost. */
const closeTimeout = 5000;

/** One connected period, from the server's welcome to its end. */
export class Session {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly #url: string;
  readonly #ending: AbortController;
  #calls = 0;
  readonly #callSettled = new Signal();
  /** What each open call does at the end. Not as listeners of the signal, because Node warns of more than ten. */
  readonly #endCallbacks = new Set<() => void>();

  /** `ending` aborts to end the session, and is aborted when it has ended. */
  constructor(url: string, welcome: Extract<ServerMessage, { kind: 'welcome' }>, ending: AbortController) {
    this.#url = url;
    this.#ending = ending;
    const runEndCallbacks = () => {
      for (const callback of this.#endCallbacks) callback();
    };
    ending.signal.addEventListener('abort', runEndCallbacks, { once: true });
    this.id = welcome.connection;
    this.account = welcome.account;
    this.region = welcome.region;
  }

  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  end(): void {
    this.#ending.abort();
  }

  /** Waits for all responses, and then acknowledges the server's goodbye. */
  async drain(): Promise<void> {
    while (this.#calls > 0) await this.#callSettled.wait();
    await this.call('goodbye-ack', '{}');
  }

  /** Calls a method of this connection. Throws a RequestNotSentError, and what `send` throws. */
  async call(method: string, input: string, signal?: AbortSignal): Promise<unknown> {
    const path = `/_footbridge/connections/${this.id}/${method}`;
    return JSON.parse(await this.send(path, { 'content-type': 'application/json' }, input, signal));
  }

  /**
   * Sends a request, and returns the text of the response. Throws the reason of the signal, a `ConnectionLostException` if there
   * was no response, or the server's error as a ServiceError.
   */
  async send(path: string, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<string> {
    const abort = new AbortController();
    const cancel = () => abort.abort();
    let cancelTimer = () => {};
    const onSessionEnd = () => {
      cancelTimer = startTimer(closeTimeout, cancel);
    };
    if (this.ended.aborted) onSessionEnd();
    else this.#endCallbacks.add(onSessionEnd);
    const stopListening = onAbort(signal, cancel);
    this.#calls++;
    try {
      const response = await fetch(`${this.#url}${path}`, { method: 'POST', headers, body, signal: abort.signal });
      const text = await response.text();
      if (response.ok) return text;
      // A closing server ends the connection as well.
      if (response.status === 404) this.end();
      throw errorFromResponse(response.status, text);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (isServiceError(error) || error instanceof RequestNotSentError) throw error;
      this.end();
      if (isConnectionRefused(error)) throw new RequestNotSentError();
      throw new ServiceError(
        'ConnectionLostException',
        `The connection to ${this.#url} was lost before the response arrived; the request may have been processed.`,
      );
    } finally {
      this.#calls--;
      this.#callSettled.notifyAll();
      cancelTimer();
      this.#endCallbacks.delete(onSessionEnd);
      stopListening();
    }
  }
}

/** Calls the server within a session. */
export type WithSession = <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>;

/** No server listens there, so nothing was sent. Only Node tells. */
function isConnectionRefused(error: unknown): boolean {
  return (error as { readonly cause?: { readonly code?: unknown } } | null)?.cause?.code === 'ECONNREFUSED';
}

/** Returns the error of an error response. */
export function errorFromResponse(status: number, text: string): Error {
  let body: { __type?: unknown; message?: unknown };
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    body = {};
  }
  const { __type: name, message } = body;
  if (name === 'UnknownConnectionException' || status === 503) return new RequestNotSentError(text.slice(0, 200));
  if (typeof name === 'string' && typeof message === 'string') {
    return new ServiceError(name, message, status === 500 ? 500 : 400);
  }
  return new Error(`The server responded with status ${status}: ${text.slice(0, 200)}`);
}
