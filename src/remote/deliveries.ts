import { describeError } from '../base/describe.js';
import { readTargetError, TargetError } from '../base/target-error.js';
import type { ServerMessage, Settlement, ThrownError } from './messages.js';
import type { Session } from './session.js';

export type DeliveryMessage = Extract<ServerMessage, { kind: 'delivery' }>;

/** What is to be done with a delivery; what it throws or rejects with is told the server. */
export type DeliveryHandler = (message: DeliveryMessage, signal: AbortSignal) => unknown;

const maxBatch = 100;
const maxTextLength = 10_000;

/** The deliveries of one connection: each is handled, and what became of it is told. */
export class Deliveries {
  readonly #session: Session;
  readonly #running = new Map<number, AbortController>();
  #settlements: Settlement[] = [];
  #isTelling = false;

  constructor(session: Session) {
    this.#session = session;
    session.ended.addEventListener(
      'abort',
      () => {
        const reason = new Error('The connection to the bridge was lost.');
        for (const controller of this.#running.values()) controller.abort(reason);
        this.#settlements = [];
      },
      { once: true },
    );
  }

  /** Never rejects. `handler` is missing for what was taken back meanwhile. */
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

  /** Nobody waits for it any more. */
  abort(id: number): void {
    this.#running.get(id)?.abort(new Error('Nobody waits for this delivery any more.'));
  }

  #settle(settlement: Settlement): void {
    this.#running.delete(settlement.id);
    if (this.#session.ended.aborted) return;
    this.#settlements.push(settlement);
    if (!this.#isTelling) void this.#tell();
  }

  /** What comes while the server is told something goes with the next call. */
  async #tell(): Promise<void> {
    this.#isTelling = true;
    while (this.#settlements.length > 0) {
      const settlements = this.#settlements.splice(0, maxBatch);
      try {
        await this.#session.post('settle', JSON.stringify({ settlements }));
      } catch {
        // The server takes them for lost, as they are, when the connection has ended.
        this.#session.end();
      }
    }
    this.#isTelling = false;
  }
}

function handlerRemoved({ call }: DeliveryMessage): TargetError {
  const message = 'The connected process has taken its handler back.';
  return new TargetError(call === undefined ? 'UNSUBSCRIBED' : 'NO_RESOURCE', { message, retryable: false });
}

/** Never throws, whatever was thrown. */
function readThrown(error: unknown): ThrownError {
  const target = readTargetError(error);
  if (target !== undefined) return { ...target, name: 'TargetError', message: truncate(target.message) };
  try {
    const { name, message, stack } = error as Error;
    if (typeof name === 'string' && typeof message === 'string') {
      return {
        name: truncate(name),
        message: truncate(message),
        ...(typeof stack === 'string' ? { stack: truncate(stack) } : {}),
      };
    }
  } catch {
    // A getter of it threw, or it is null.
  }
  return { name: '', message: truncate(describeError(error)) };
}

function truncate(text: string): string {
  return text.slice(0, maxTextLength);
}
