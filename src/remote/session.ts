import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { Signal } from '../base/signal.js';
import type { ServerMessage } from './messages.js';

/** The server does not know the connection, is closing or is not there: nothing was done. */
export class RequestNotSentError extends Error {}

/** How long an answer is waited for after the connection was lost. */
const responseTimeout = 5000;

/** One connection, from its welcome to its end. */
export class Session {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly #url: string;
  readonly #ending: AbortController;
  #calls = 0;
  readonly #answered = new Signal();
  /** What each call under way does at the end. Not as listeners of the signal: it warns of more than ten. */
  readonly #hurries = new Set<() => void>();

  /** `ending` aborts to end it, and is aborted when it has ended. */
  constructor(url: string, welcome: Extract<ServerMessage, { kind: 'welcome' }>, ending: AbortController) {
    this.#url = url;
    this.#ending = ending;
    const hurryAll = () => {
      for (const hurry of this.#hurries) hurry();
    };
    ending.signal.addEventListener('abort', hurryAll, { once: true });
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

  /** Says that nothing more will be called, once everything that was is answered. */
  async leave(): Promise<void> {
    while (this.#calls > 0) await this.#answered.wait();
    await this.post('left', '{}');
  }

  /** Calls the server about this connection. Throws NotDone, and what `send` throws. */
  async post(verb: string, input: string, signal?: AbortSignal): Promise<unknown> {
    const path = `/_footbridge/connections/${this.id}/${verb}`;
    const answer = await this.send(path, { 'content-type': 'application/json' }, input, signal);
    return JSON.parse(answer);
  }

  /**
   * Sends a request, and answers the text of the response. Throws the reason of the signal; a `ConnectionLostException` if
   * there was no response; and what the server refused as a ServiceError.
   */
  async send(path: string, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<string> {
    const abort = new AbortController();
    const stop = () => abort.abort();
    let stopTimer = () => {};
    const hurry = () => {
      stopTimer = startTimer(responseTimeout, stop);
    };
    if (this.ended.aborted) hurry();
    else this.#hurries.add(hurry);
    const stopListening = onAbort(signal, stop);
    this.#calls++;
    try {
      const response = await fetch(`${this.#url}${path}`, { method: 'POST', headers, body, signal: abort.signal });
      const text = await response.text();
      if (response.ok) return text;
      // A server that is closing says goodbye to the connection as well.
      if (response.status === 404) this.end();
      throw errorFromResponse(response.status, text);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (isServiceError(error) || error instanceof RequestNotSentError) throw error;
      this.end();
      if (isConnectionRefused(error)) throw new RequestNotSentError();
      throw new ServiceError(
        'ConnectionLostException',
        `The server at ${this.#url} went away before it answered: nobody knows whether it did what it was asked.`,
      );
    } finally {
      this.#calls--;
      this.#answered.notifyAll();
      stopTimer();
      this.#hurries.delete(hurry);
      stopListening();
    }
  }
}

/** Calls the server with a connection. */
export type WithSession = <Answer>(work: (session: Session) => Promise<Answer>) => Promise<Answer>;

/** Nobody listens there, so nothing was sent. Only Node says so. */
function isConnectionRefused(error: unknown): boolean {
  return (error as { readonly cause?: { readonly code?: unknown } } | null)?.cause?.code === 'ECONNREFUSED';
}

/** What a response that is no success means. */
export function errorFromResponse(status: number, text: string): Error {
  let refusal: { __type?: unknown; message?: unknown };
  try {
    refusal = JSON.parse(text) ?? {};
  } catch {
    refusal = {};
  }
  const { __type: name, message } = refusal;
  if (name === 'UnknownConnectionException' || status === 503) return new RequestNotSentError(text.slice(0, 200));
  if (typeof name === 'string' && typeof message === 'string') {
    return new ServiceError(name, message, status === 500 ? 500 : 400);
  }
  return new Error(`The server answered ${status} ${text.slice(0, 200)}`);
}
