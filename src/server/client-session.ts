import { startTimer } from '../base/clock/real-timers.js';
import type { DisposableHandle } from '../base/disposable.js';
import { randomIds } from '../base/random.js';
import { Signal } from '../base/signal.js';
import { TargetError } from '../base/target-error.js';
import type { ServerMessage, Settlement, ThrownError } from '../remote/messages.js';

interface PendingDelivery {
  resolve(): void;
  reject(error: Error): void;
}

interface ServerRegistration {
  /** Registers it on the bridge. */
  readonly register: () => DisposableHandle;
  /** Called once, when it has ended. */
  readonly onReleased: () => void;
  handle: DisposableHandle;
}

const maxMissedHeartbeats = 3;
/** How many UTF-16 code units of messages are sent at once: a string cannot be of any length. */
const maxChunkLength = 2 ** 24;

/**
 * One connected process. Each delivery sent to it is settled exactly once: by the process's report, by its own attempt when that
 * is cancelled, or by the end of the session, which fails it.
 */
export class ClientSession {
  readonly id = randomIds();
  /** Aborts when the session has ended. */
  readonly ending: AbortController;
  readonly #heartbeat: number;
  readonly #registrations = new Map<string, ServerRegistration>();
  readonly #pending = new Map<number, PendingDelivery>();
  readonly #outboxChanged = new Signal();
  #outbox: string[] = [];
  #sent = 0;
  #isClosing = false;
  /** From then on the process calls only to settle. */
  #isGoodbyeAcknowledged = false;
  #cancelWatchdog = () => {};

  constructor(heartbeat: number, ending: AbortController) {
    this.#heartbeat = heartbeat;
    this.ending = ending;
    ending.signal.addEventListener('abort', () => this.#end(), { once: true });
    this.onActivity();
  }

  get isEnded(): boolean {
    return this.ending.signal.aborted;
  }

  /** Whether it accepts no more registrations. */
  get isClosing(): boolean {
    return this.#isClosing || this.isEnded;
  }

  get registrations(): number {
    return this.#registrations.size;
  }

  /** The process is alive. */
  onActivity(): void {
    this.#cancelWatchdog();
    if (this.isEnded) return;
    this.#cancelWatchdog = startTimer(this.#heartbeat * maxMissedHeartbeats, () => this.ending.abort());
  }

  /** Throws what `register` throws. */
  register(name: string, register: () => DisposableHandle, onReleased: () => void): void {
    this.dispose(name);
    this.#registrations.set(name, { register, onReleased, handle: register() });
  }

  dispose(name: string): void {
    const registration = this.#registrations.get(name);
    if (registration === undefined) return;
    this.#registrations.delete(name);
    registration.onReleased();
    registration.handle.dispose();
  }

  /** After a reset of the bridge, which has removed them all. */
  registerAll(): void {
    for (const registration of this.#registrations.values()) registration.handle = registration.register();
  }

  /** Sends one delivery. Settles when the process has reported on it. */
  deliver(
    registration: string,
    content: Pick<Extract<ServerMessage, { kind: 'delivery' }>, 'body' | 'call'>,
    signal?: AbortSignal,
  ): Promise<void> {
    if (this.isEnded) return Promise.reject(connectionLost());
    const id = ++this.#sent;
    this.send({ kind: 'delivery', id, registration, ...content });
    signal?.addEventListener('abort', () => {
      if (this.#settle({ id })) this.send({ kind: 'abort', id });
    });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Settles deliveries. Those that were cancelled are skipped. */
  settle(settlements: readonly Settlement[]): void {
    for (const settlement of settlements) this.#settle(settlement);
    if (this.#isDone) this.#outboxChanged.notifyAll();
  }

  send(message: ServerMessage): void {
    this.#outbox.push(`${JSON.stringify(message)}\n`);
    this.#outboxChanged.notifyAll();
  }

  /** Sends nothing more. The session ends when the process has acknowledged that and settled everything that was sent. */
  close(): void {
    if (this.isClosing) return;
    this.#isClosing = true;
    for (const name of [...this.#registrations.keys()]) this.dispose(name);
    this.send({ kind: 'goodbye' });
  }

  acknowledgeGoodbye(): void {
    this.#isGoodbyeAcknowledged = this.#isClosing;
    if (this.#isDone) this.#outboxChanged.notifyAll();
  }

  /** Resolves to the next messages when there are any or a heartbeat is due; to `undefined` at the end. */
  readonly next = async (): Promise<string | undefined> => {
    if (this.#outbox.length === 0 && !this.#isDone) {
      const change = this.#outboxChanged.wait();
      const cancelTimer = startTimer(this.#heartbeat, () => this.send({ kind: 'heartbeat' }));
      await change;
      cancelTimer();
    }
    return this.isEnded || this.#outbox.length === 0 ? undefined : this.#takeChunk();
  };

  #takeChunk(): string {
    let count = 0;
    for (let length = 0; count < this.#outbox.length; count++) {
      length += (this.#outbox[count] as string).length;
      if (count > 0 && length > maxChunkLength) break;
    }
    return this.#outbox.splice(0, count).join('');
  }

  get #isDone(): boolean {
    return this.#isGoodbyeAcknowledged && this.#pending.size === 0;
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
    this.#cancelWatchdog();
    // First, so that a delivery that fails now and is retried at once does not come back here.
    for (const name of [...this.#registrations.keys()]) this.dispose(name);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(connectionLost());
    this.#outbox = [];
    this.#outboxChanged.notifyAll();
  }
}

function connectionLost(): TargetError {
  const message = 'The connected process disconnected before it reported on the delivery.';
  return new TargetError('CONNECTION_LOST', { message, retryable: true });
}

function toError({ name, message, code, retryable, retryAfter, stack }: ThrownError): Error {
  const error = code === undefined ? new Error(message) : new TargetError(code, { message, retryable, retryAfter });
  if (name !== undefined) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
