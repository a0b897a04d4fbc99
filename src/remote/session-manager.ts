import { startTimer } from '../base/clock/real-timers.js';
import { asError, describeError } from '../base/describe.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { Signal } from '../base/signal.js';
import { type ConnectRequest, readJsonLines, type ServerMessage } from './messages.js';
import { errorFromResponse, RequestNotSentError, Session } from './session.js';

/** All in milliseconds. */
export interface SessionOptions {
  readonly heartbeat: number;
  readonly timeout: number;
  readonly reconnectDelay: number;
}

/** Uses the sessions. */
export interface SessionListener {
  /** Nothing else uses the session until the promise resolves. */
  opened(session: Session): Promise<void>;
  received(session: Session, message: ServerMessage): void;
}

const maxDelay = 2000;
const maxMissedHeartbeats = 3;
/** Without a limit a call would go on for ever between servers that do not know each other's connections. */
const maxTries = 10;

/** Stays connected to a server: when a session ends, it opens another. */
export class SessionManager {
  readonly url: string;
  readonly #options: SessionOptions;
  readonly #listener: SessionListener;
  readonly #changed = new Signal();
  readonly #closing = new AbortController();
  #session: Session | undefined;
  #opening: Session | undefined;
  #lastId: string | undefined;
  /** Why there is no session. */
  #lastError: Error | undefined;

  constructor(url: string, options: SessionOptions, listener: SessionListener) {
    this.url = url;
    this.#options = options;
    this.#listener = listener;
  }

  /** The open session, if there is one. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Connects again and again until `stop`. */
  async run(): Promise<void> {
    let delay = this.#options.reconnectDelay;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#connect(() => {
          delay = this.#options.reconnectDelay;
        });
        this.#lastError = new Error('the connection has ended');
      } catch (error) {
        this.#lastError = asError(error);
      }
      await this.#backOff(delay);
      delay = Math.min(delay * 2, maxDelay);
    }
  }

  /** Opens no more sessions. */
  stop(): void {
    this.#closing.abort();
    this.#changed.notifyAll();
  }

  /** Resolves to the session, as soon as there is one. Rejects with `ServerUnreachableException` after `timeout`. */
  open(): Promise<Session> {
    return this.#nextSession();
  }

  /**
   * Works with the session; with the next one if the server does not know this one any more, or if `mustRetry` says that the work
   * has to be done again.
   */
  async withSession<Result>(
    work: (session: Session) => Promise<Result>,
    mustRetry: (session: Session) => boolean = () => false,
  ): Promise<Result> {
    let session = await this.#nextSession();
    for (let tries = 1; ; tries++) {
      try {
        return await work(session);
      } catch (error) {
        if (!(error instanceof RequestNotSentError) && !mustRetry(session)) throw error;
        if (tries === maxTries) throw this.#unreachable(error);
        session = await this.#nextSession(session, error);
      }
    }
  }

  /** Waits for a session other than the one that failed. */
  async #nextSession(failed?: Session, failure?: unknown): Promise<Session> {
    let isLate = false;
    const cancelTimer = startTimer(this.#options.timeout, () => {
      isLate = true;
      this.#changed.notifyAll();
    });
    try {
      for (;;) {
        const session = this.#session;
        if (session !== undefined && session !== failed && !session.ended.aborted) return session;
        if (this.#closing.signal.aborted) throw connectionClosed();
        if (isServiceError(this.#lastError) && this.#lastId === undefined) throw this.#lastError;
        if (isLate) throw this.#unreachable(this.#lastError ?? failure);
        await this.#changed.wait();
      }
    } finally {
      cancelTimer();
    }
  }

  async #connect(onConnected: () => void): Promise<void> {
    const { heartbeat } = this.#options;
    const ending = new AbortController();
    const end = () => ending.abort();
    let session: Session | undefined;
    const abandon = () => {
      if (session === undefined || session === this.#opening) end();
    };
    this.#closing.signal.addEventListener('abort', abandon, { once: true });
    let cancelWatchdog = () => {};
    const onActivity = () => {
      cancelWatchdog();
      cancelWatchdog = startTimer(heartbeat * maxMissedHeartbeats, end);
    };
    onActivity();
    try {
      const response = await fetch(`${this.url}/_footbridge/connections`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ heartbeat, replaces: this.#lastId } satisfies ConnectRequest),
        signal: ending.signal,
      });
      if (!response.ok || response.body === null) throw errorFromResponse(response.status, await response.text());
      for await (const line of readJsonLines(response.body, onActivity)) {
        const message = readMessage(line);
        if (message.kind === 'welcome') {
          session = new Session(this.url, message, ending);
          this.#lastId = session.id;
          onConnected();
          void this.#announce(session);
        } else if (session !== undefined) {
          // A request that is sent now may get no response.
          if (message.kind === 'goodbye') this.#clearSession();
          this.#listener.received(session, message);
        }
      }
    } finally {
      this.#closing.signal.removeEventListener('abort', abandon);
      cancelWatchdog();
      end();
      this.#clearSession();
    }
  }

  async #announce(session: Session): Promise<void> {
    this.#opening = session;
    try {
      await this.#listener.opened(session);
    } catch {
      session.end();
    }
    if (this.#opening === session) this.#opening = undefined;
    if (session.ended.aborted) return;
    this.#session = session;
    this.#changed.notifyAll();
  }

  #clearSession(): void {
    this.#session = undefined;
    this.#changed.notifyAll();
  }

  async #backOff(milliseconds: number): Promise<void> {
    this.#changed.notifyAll();
    if (this.#closing.signal.aborted) return;
    const ended = new Signal();
    const end = ended.wait();
    const notify = () => ended.notifyAll();
    const cancelTimer = startTimer(milliseconds, notify);
    this.#closing.signal.addEventListener('abort', notify, { once: true });
    await end;
    cancelTimer();
    this.#closing.signal.removeEventListener('abort', notify);
  }

  #unreachable(error: unknown): ServiceError {
    const { timeout } = this.#options;
    const cause = (error as Error | undefined)?.cause ?? error;
    const reason = cause === undefined ? '' : ` Last error: ${describeError(cause)}`;
    return new ServiceError(
      'ServerUnreachableException',
      `No server could be reached at ${this.url} within ${timeout} ms; the request was not sent.${reason}`,
    );
  }
}

/** Throws for what no server of Footbridge sends. After a welcome only the kind is checked. */
function readMessage(line: unknown): ServerMessage {
  const { kind, connection, account, region } = (line ?? {}) as Record<string, unknown>;
  const strings = kind === 'welcome' ? [kind, connection, account, region] : [kind];
  if (strings.every((value) => typeof value === 'string')) return line as ServerMessage;
  throw new Error('The server sent an invalid message.');
}

export function connectionClosed(): ServiceError {
  return new ServiceError('ConnectionClosedException', 'The connection to the bridge is closed.');
}
