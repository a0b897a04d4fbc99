import { startTimer } from '../base/clock/real-timers.js';
import type { Handle } from '../base/disposable.js';
import { randomIds } from '../base/random.js';
import { Signal } from '../base/signal.js';
import { TargetError } from '../base/target-error.js';
import type { ServerMessage, Settlement, ThrownError } from '../remote/messages.js';

interface Pending {
  resolve(): void;
  reject(error: Error): void;
}

interface Registration {
  /** Puts it on the bridge. */
  readonly register: () => Handle;
  /** Called once, when it is over. */
  readonly released: () => void;
  handle: Handle;
}

const maxMissedHeartbeats = 3;

/**
 * One process at the other end. Each delivery that is sent there is settled exactly once: by what the process says became
 * of it, by its attempt that nobody waits for any more, or by the end of the connection, which fails it.
 */
export class ClientSession {
  readonly id = randomIds();
  /** Aborts when it is over. */
  readonly ending: AbortController;
  readonly #heartbeat: number;
  readonly #registrations = new Map<string, Registration>();
  readonly #pending = new Map<number, Pending>();
  readonly #news = new Signal();
  #outbox: string[] = [];
  #sent = 0;
  #isLeaving = false;
  /** The process knows that it is leaving, and calls no more but to settle. */
  #hasHeardOfIt = false;
  #stopWatch = () => {};

  constructor(heartbeat: number, ending: AbortController) {
    this.#heartbeat = heartbeat;
    this.ending = ending;
    ending.signal.addEventListener('abort', () => this.#end(), { once: true });
    this.heard();
  }

  get isOver(): boolean {
    return this.ending.signal.aborted;
  }

  /** Whether it takes no more registrations. */
  get isLeaving(): boolean {
    return this.#isLeaving || this.isOver;
  }

  get registrations(): number {
    return this.#registrations.size;
  }

  /** The process is alive. */
  heard(): void {
    this.#stopWatch();
    if (!this.isOver) this.#stopWatch = startTimer(this.#heartbeat * maxMissedHeartbeats, () => this.ending.abort());
  }

  /** Throws what `register` throws. */
  register(name: string, register: () => Handle, released: () => void): void {
    this.dispose(name);
    this.#registrations.set(name, { register, released, handle: register() });
  }

  dispose(name: string): void {
    const registration = this.#registrations.get(name);
    if (registration === undefined) return;
    this.#registrations.delete(name);
    registration.released();
    registration.handle.dispose();
  }

  /** After a reset of the bridge, which has forgotten them all. */
  registerAgain(): void {
    for (const registration of this.#registrations.values()) registration.handle = registration.register();
  }

  /** Sends one delivery, and settles when the process has said what became of it. */
  deliver(
    registration: string,
    content: Pick<Extract<ServerMessage, { kind: 'delivery' }>, 'body' | 'call'>,
    signal?: AbortSignal,
  ): Promise<void> {
    if (this.isOver) return Promise.reject(connectionLost());
    const id = ++this.#sent;
    this.send({ kind: 'delivery', id, registration, ...content });
    signal?.addEventListener('abort', () => {
      if (!this.#settle({ id })) return;
      this.send({ kind: 'abort', id });
    });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** What became of deliveries; of those that nobody waits for any more it is passed over. */
  settle(settlements: readonly Settlement[]): void {
    for (const settlement of settlements) this.#settle(settlement);
    if (this.#isDone) this.#news.notifyAll();
  }

  send(message: ServerMessage): void {
    this.#outbox.push(`${JSON.stringify(message)}\n`);
    this.#news.notifyAll();
  }

  /** Sends nothing more; is over when the process knows that, and has settled everything that was sent. */
  leave(): void {
    if (this.isLeaving) return;
    this.#isLeaving = true;
    for (const name of [...this.#registrations.keys()]) this.dispose(name);
    this.send({ kind: 'goodbye' });
  }

  /** The process has heard the goodbye. */
  left(): void {
    this.#hasHeardOfIt = this.#isLeaving;
    if (this.#isDone) this.#news.notifyAll();
  }

  /** The next lines for the process, when there are some or a sign of life is due; `undefined` at the end. */
  readonly next = async (): Promise<string | undefined> => {
    if (this.#outbox.length === 0 && !this.#isDone) {
      const news = this.#news.wait();
      const stopTimer = startTimer(this.#heartbeat, () => this.send({ kind: 'heartbeat' }));
      await news;
      stopTimer();
    }
    if (this.isOver || this.#outbox.length === 0) return undefined;
    const lines = this.#outbox.join('');
    this.#outbox = [];
    return lines;
  };

  get #isDone(): boolean {
    return this.#hasHeardOfIt && this.#pending.size === 0;
  }

  #settle({ id, error }: Settlement): boolean {
    const pending = this.#pending.get(id);
    if (pending === undefined) return false;
    this.#pending.delete(id);
    if (error === undefined) pending.resolve();
    else pending.reject(toError(error));
    return true;
  }

  #end(): void {
    this.#stopWatch();
    // First, so that what fails now and is tried again at once finds nobody here.
    for (const name of [...this.#registrations.keys()]) this.dispose(name);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(connectionLost());
    this.#outbox = [];
    this.#news.notifyAll();
  }
}

function connectionLost(): TargetError {
  const message = 'The connected process went away before it said what became of the delivery.';
  return new TargetError('CONNECTION_LOST', { message, retryable: true });
}

function toError({ name, message, code, retryable, retryAfter, stack }: ThrownError): Error {
  const error = code === undefined ? new Error(message) : new TargetError(code, { message, retryable, retryAfter });
  if (name !== undefined) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
