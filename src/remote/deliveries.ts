import { describeError } from '../base/describe.js';
import { readTargetError, TargetError } from '../base/target-error.js';
import type { ServerMessage, Settlement, ThrownError } from './messages.js';
import type { Session } from './session.js';

export type DeliveryMessage = Extract<ServerMessage, { kind: 'delivery' }>;

/** Handles a delivery. What it throws or rejects with is reported to the server. */
export type DeliveryHandler = (message: DeliveryMessage, signal: AbortSignal) => unknown;

const maxBatch = 100;
const maxTextLength = 10_000;

/** The deliveries of one session: each is handled, and its outcome reported. */
export class Deliveries {
  readonly #session: Session;
  readonly #running = new Map<number, AbortController>();
  #settlements: Settlement[] = [];
  #isReporting = false;

  constructor(session: Session) {
    this.#session = session;
    const end = () => {
      const reason = new Error('The connection to the bridge was lost.');
      for (const controller of this.#running.values()) controller.abort(reason);
      this.#settlements = [];
    };
    session.ended.addEventListener('abort', end, { once: true });
  }

  /** Never rejects. `handler` is absent if it was disposed meanwhile. */
  async handle(message: DeliveryMessage, handler: DeliveryHandler | undefined): Promise<void> {
    const { id } = message;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      if (handler === undefined) throw handlerRemoved(message);
      await handler(message, controller.signal);
      this.#settle({ id });
    } catch (error) {
      this.#settle({ id, error: readThrown(error) });
    }
  }

  /** The server has cancelled the attempt. */
  abort(id: number): void {
    this.#running.get(id)?.abort(new Error('The attempt was cancelled.'));
  }

  #settle(settlement: Settlement): void {
    this.#running.delete(settlement.id);
    if (this.#session.ended.aborted) return;
    this.#settlements.push(settlement);
    if (!this.#isReporting) void this.#report();
  }

  /** What is settled during a call goes with the next one. */
  async #report(): Promise<void> {
    this.#isReporting = true;
    while (this.#settlements.length > 0) {
      const settlements = this.#settlements.splice(0, maxBatch);
      try {
        await this.#session.call('settle', JSON.stringify({ settlements }));
      } catch {
        // The server counts them as lost when the session has ended.
        this.#session.end();
      }
    }
    this.#isReporting = false;
  }
}

function handlerRemoved({ call }: DeliveryMessage): TargetError {
  const message = 'The connected process has disposed its handler.';
  return new TargetError(call === undefined ? 'UNSUBSCRIBED' : 'NO_RESOURCE', { message, retryable: false });
}

/** Never throws, whatever was thrown. */
function readThrown(error: unknown): ThrownError {
  const target = readTargetError(error);
  if (target !== undefined) return { ...target, name: 'TargetError', message: truncate(target.message) };
  try {
    const { name, message, stack } = error as Error;
    if (typeof name === 'string' && typeof message === 'string') {
      const rest = typeof stack === 'string' ? { stack: truncate(stack) } : {};
      return { name: truncate(name), message: truncate(message), ...rest };
    }
  } catch {
    // It is null, or one of its getters threw.
  }
  return { name: '', message: truncate(describeError(error)) };
}

function truncate(text: string): string {
  return text.slice(0, maxTextLength);
}
