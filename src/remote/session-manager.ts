import { startTimer } from '../base/clock/real-timers.js';
import { asError, describeError } from '../base/describe.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { Signal } from '../base/signal.js';
import { type ConnectRequest, readJsonLines, type ServerMessage } from './messages.js';
import { errorFromResponse, RequestNotSentError, Session } from './session.js';

export interface SessionOptions {
  readonly heartbeat: number;
  readonly timeout: number;
  readonly reconnectDelay: number;
}

/** Who uses the link. */
export interface SessionListener {
  /** A connection was made. Nobody else uses it until the promise resolves. */
  opened(session: Session): Promise<void>;
  received(session: Session, message: ServerMessage): void;
}

const maxDelay = 2000;
const maxMissedHeartbeats = 3;
/** Between servers that do not know each other's connections a call would go on for ever. */
const maxTries = 10;

/** Stays connected to a server: when a connection ends it makes another. */
export class SessionManager {
  readonly url: string;
  readonly #settings: SessionOptions;
  readonly #user: SessionListener;
  readonly #changed = new Signal();
  readonly #closing = new AbortController();
  #session: Session | undefined;
  /** The one that is being opened. */
  #opening: Session | undefined;
  #lastId: string | undefined;
  /** Why there is no connection. */
  #problem: Error | undefined;

  constructor(url: string, settings: SessionOptions, user: SessionListener) {
    this.url = url;
    this.#settings = settings;
    this.#user = user;
  }

  /** The connection there is, if there is one. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Connects, again and again until it is closed. */
  async run(): Promise<void> {
    let delay = this.#settings.reconnectDelay;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#connect(() => {
          delay = this.#settings.reconnectDelay;
        });
        this.#problem = new Error('the connection has ended');
      } catch (error) {
        this.#problem = asError(error);
      }
      await this.#pause(delay);
      delay = Math.min(delay * 2, maxDelay);
    }
  }

  /** Makes no further connection. */
  stop(): void {
    this.#closing.abort();
    this.#changed.notifyAll();
  }

  /** The connection, as soon as there is one. Rejects as `ServerUnreachableException` when it has waited for too long. */
  open(): Promise<Session> {
    return this.#other();
  }

  /**
   * Does something with the connection; with the next one if the server does not know this one any more, or if `isUndone`
   * says that what was tried has to be done again.
   */
  async use<Answer>(
    work: (session: Session) => Promise<Answer>,
    isUndone: (session: Session) => boolean = () => false,
  ): Promise<Answer> {
    let session = await this.#other();
    for (let tries = 1; ; tries++) {
      try {
        return await work(session);
      } catch (error) {
        if (!(error instanceof RequestNotSentError) && !isUndone(session)) throw error;
        if (tries === maxTries) throw this.#unreachable(error);
        session = await this.#other(session, error);
      }
    }
  }

  /** A connection other than the one that would not do, and why it would not. */
  async #other(unusable?: Session, why?: unknown): Promise<Session> {
    let isLate = false;
    const stopTimer = startTimer(this.#settings.timeout, () => {
      isLate = true;
      this.#changed.notifyAll();
    });
    try {
      for (;;) {
        const session = this.#session;
        if (session !== undefined && session !== unusable && !session.ended.aborted) return session;
        if (this.#closing.signal.aborted) throw closed();
        if (isServiceError(this.#problem) && this.#lastId === undefined) throw this.#problem;
        if (isLate) throw this.#unreachable(this.#problem ?? why);
        await this.#changed.wait();
      }
    } finally {
      stopTimer();
    }
  }

  async #connect(connected: () => void): Promise<void> {
    const { heartbeat } = this.#settings;
    const ending = new AbortController();
    const end = () => ending.abort();
    let session: Session | undefined;
    const giveUp = () => {
      if (session === undefined || session === this.#opening) end();
    };
    this.#closing.signal.addEventListener('abort', giveUp, { once: true });
    let stopWatch = () => {};
    const heard = () => {
      stopWatch();
      stopWatch = startTimer(heartbeat * maxMissedHeartbeats, end);
    };
    heard();
    try {
      const response = await fetch(`${this.url}/_footbridge/connections`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ heartbeat, replaces: this.#lastId } satisfies ConnectRequest),
        signal: ending.signal,
      });
      if (!response.ok || response.body === null) throw errorFromResponse(response.status, await response.text());
      for await (const line of readJsonLines(response.body, heard)) {
        const message = readMessage(line);
        if (message.kind === 'welcome') {
          session = new Session(this.url, message, ending);
          this.#lastId = session.id;
          connected();
          void this.#present(session);
        } else if (session !== undefined) {
          // What would be asked now might not be answered any more.
          if (message.kind === 'goodbye') this.#forget();
          this.#user.received(session, message);
        }
      }
    } finally {
      this.#closing.signal.removeEventListener('abort', giveUp);
      stopWatch();
      end();
      this.#forget();
    }
  }

  async #present(session: Session): Promise<void> {
    this.#opening = session;
    try {
      await this.#user.opened(session);
    } catch {
      session.end();
    }
    if (this.#opening === session) this.#opening = undefined;
    if (session.ended.aborted) return;
    this.#session = session;
    this.#changed.notifyAll();
  }

  #forget(): void {
    this.#session = undefined;
    this.#changed.notifyAll();
  }

  async #pause(milliseconds: number): Promise<void> {
    this.#changed.notifyAll();
    if (this.#closing.signal.aborted) return;
    const over = new Signal();
    const paused = over.wait();
    const ring = () => over.notifyAll();
    const stopTimer = startTimer(milliseconds, ring);
    this.#closing.signal.addEventListener('abort', ring, { once: true });
    await paused;
    stopTimer();
    this.#closing.signal.removeEventListener('abort', ring);
  }

  #unreachable(problem: unknown): ServiceError {
    const { timeout } = this.#settings;
    const cause = (problem as Error | undefined)?.cause ?? problem;
    const why = cause === undefined ? '' : ` The last try: ${describeError(cause)}`;
    return new ServiceError(
      'ServerUnreachableException',
      `There was no server at ${this.url} within ${timeout} ms; nothing was done.${why}`,
    );
  }
}

/** Throws for what no server of Footbridge sends. Of what follows a welcome only the kind is looked at. */
function readMessage(line: unknown): ServerMessage {
  const { kind, connection, account, region } = (line ?? {}) as Record<string, unknown>;
  const texts = kind === 'welcome' ? [kind, connection, account, region] : [kind];
  if (texts.every((text) => typeof text === 'string')) return line as ServerMessage;
  throw new Error('The server sent what is no message of a bridge.');
}

export function closed(): ServiceError {
  return new ServiceError('ConnectionClosedException', 'The connection to the bridge is closed.');
}
