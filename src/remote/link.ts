import { Bell } from '../base/bell.js';
import { describeError } from '../base/describe-error.js';
import { startTimer } from '../base/real-timers.js';
import { ServiceError } from '../base/service-error.js';
import { readJsonLines } from './json-lines.js';
import type { ServerMessage } from './messages.js';
import { NotDone, refusalOf, Session } from './session.js';

export interface LinkSettings {
  readonly heartbeat: number;
  readonly timeout: number;
  readonly reconnectDelay: number;
}

/** Who uses the link. */
export interface LinkUser {
  /** A connection was made. Nobody else uses it until the promise resolves. */
  opened(session: Session): Promise<void>;
  received(session: Session, message: ServerMessage): void;
}

const longestDelay = 2000;
const heartbeatsMissed = 3;

/** Stays connected to a server: when a connection ends it makes another. */
export class Link {
  readonly url: string;
  readonly #settings: LinkSettings;
  readonly #user: LinkUser;
  readonly #changed = new Bell();
  readonly #closing = new AbortController();
  #session: Session | undefined;
  #lastId: string | undefined;
  /** Why there is no connection. */
  #problem: Error | undefined;

  constructor(url: string, settings: LinkSettings, user: LinkUser) {
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
        this.#problem = error instanceof Error ? error : new Error(describeError(error));
      }
      await this.#pause(delay);
      delay = Math.min(delay * 2, longestDelay);
    }
  }

  /** Makes no further connection. */
  stop(): void {
    this.#closing.abort();
    this.#changed.ring();
  }

  /** The connection, as soon as there is one. Rejects as `ServerUnreachableException` when it has waited for too long. */
  async open(): Promise<Session> {
    let isLate = false;
    const stopTimer = startTimer(this.#settings.timeout, () => {
      isLate = true;
      this.#changed.ring();
    });
    try {
      while (this.#session === undefined || this.#session.ended.aborted) {
        if (this.#closing.signal.aborted) throw closed();
        if (this.#problem instanceof ServiceError && this.#lastId === undefined) throw this.#problem;
        if (isLate) throw this.#unreachable();
        await this.#changed.wait();
      }
      return this.#session;
    } finally {
      stopTimer();
    }
  }

  /** Does something with the connection; with the next one if the server does not know this one any more. */
  async use<Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const session = await this.open();
      try {
        return await work(session);
      } catch (error) {
        if (!(error instanceof NotDone)) throw error;
        while (this.#session === session && !session.ended.aborted) await this.#changed.wait();
      }
    }
  }

  async #connect(connected: () => void): Promise<void> {
    const { heartbeat } = this.#settings;
    const ending = new AbortController();
    const end = () => ending.abort();
    let session: Session | undefined;
    const giveUp = () => {
      if (session === undefined) end();
    };
    this.#closing.signal.addEventListener('abort', giveUp, { once: true });
    let stopWatch = () => {};
    const heard = () => {
      stopWatch();
      stopWatch = startTimer(heartbeat * heartbeatsMissed, end);
    };
    heard();
    try {
      const response = await fetch(`${this.url}/_footbridge/connections`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ heartbeat, replaces: this.#lastId }),
        signal: ending.signal,
      });
      if (!response.ok || response.body === null) throw refusalOf(response.status, await response.text());
      for await (const line of readJsonLines(response.body, heard)) {
        const message = line as ServerMessage;
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
    try {
      await this.#user.opened(session);
    } catch {
      session.end();
    }
    if (session.ended.aborted) return;
    this.#session = session;
    this.#changed.ring();
  }

  #forget(): void {
    this.#session = undefined;
    this.#changed.ring();
  }

  async #pause(milliseconds: number): Promise<void> {
    this.#changed.ring();
    if (this.#closing.signal.aborted) return;
    const over = new Bell();
    const paused = over.wait();
    const ring = () => over.ring();
    const stopTimer = startTimer(milliseconds, ring);
    this.#closing.signal.addEventListener('abort', ring, { once: true });
    await paused;
    stopTimer();
    this.#closing.signal.removeEventListener('abort', ring);
  }

  #unreachable(): ServiceError {
    const { timeout } = this.#settings;
    const cause = this.#problem?.cause ?? this.#problem;
    const why = cause === undefined ? '' : ` The last try: ${describeError(cause)}`;
    return new ServiceError(
      'ServerUnreachableException',
      `There was no server at ${this.url} within ${timeout} ms; nothing was done.${why}`,
    );
  }
}

export function closed(): ServiceError {
  return new ServiceError('ConnectionClosedException', 'The connection to the bridge is closed.');
}
