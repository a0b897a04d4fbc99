import { describeError } from '../base/describe.js';
import type { Handle } from '../base/disposable.js';
import { isServiceError } from '../base/service-error.js';
import { Deliveries, type DeliveryHandler } from './deliveries.js';
import type { HandleRequest, OnRequest, RegistrationRequest, ServerMessage } from './messages.js';
import type { Registered } from './remote-bridge.js';
import type { Session } from './session.js';
import type { SessionListener, SessionManager } from './session-manager.js';

interface Registration {
  readonly id: string;
  readonly verb: 'handle' | 'on';
  /** JSON text of the request. */
  readonly request: string;
  readonly handler: DeliveryHandler;
  /** The connection that has it. */
  session: Session | undefined;
}

/** What this process has put on the bridge. It is put there again with each new connection. */
export class Registrations implements SessionListener {
  readonly #registrations = new Map<string, Registration>();
  readonly #deliveries = new WeakMap<Session, Deliveries>();
  readonly #pending = new Set<Promise<unknown>>();
  #made = 0;

  /** Whoever calls the bridge now expects that what was registered before is there. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** `handle` is what disposes it; `request` its request but for the registration's id. */
  register<Kind extends Handle>(
    link: SessionManager,
    verb: Registration['verb'],
    request: HandleRequest | OnRequest,
    handler: DeliveryHandler,
    makeHandle: (dispose: () => void) => Kind,
  ): Registered<Kind> {
    const id = `registration-${++this.#made}`;
    const text = JSON.stringify({ registration: id, ...request } satisfies RegistrationRequest);
    const registration: Registration = { id, verb, request: text, handler, session: undefined };
    this.#registrations.set(id, registration);
    const handle = makeHandle(() => this.#dispose(registration));
    const taken = this.#put(link, registration);
    let isAwaited = false;
    const pending = taken.catch((error: unknown) => {
      this.#registrations.delete(id);
      if (!isAwaited && !isClosed(error)) warn(error);
    });
    this.#pending.add(pending);
    void pending.then(() => this.#pending.delete(pending));
    return {
      ...handle,
      // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for.
      then: (onTaken, onRefused) => {
        isAwaited = true;
        return taken.then(() => handle).then(onTaken, onRefused);
      },
    };
  }

  async opened(session: Session): Promise<void> {
    this.#deliveries.set(session, new Deliveries(session));
    for (const registration of [...this.#registrations.values()]) {
      // Who has just registered it sees to it himself.
      if (registration.session === undefined) continue;
      try {
        await this.#putThere(session, registration);
      } catch (error) {
        if (session.ended.aborted) throw error;
        this.#registrations.delete(registration.id);
        warn(error);
      }
    }
  }

  received(session: Session, message: ServerMessage): void {
    const deliveries = this.#deliveries.get(session);
    switch (message.kind) {
      case 'delivery':
        void deliveries?.handle(message, this.#registrations.get(message.registration)?.handler);
        return;
      case 'abort':
        deliveries?.abort(message.id);
        return;
      case 'heartbeat':
        session.post('ping', '{}').catch(() => session.end());
        return;
      case 'goodbye':
        session.leave().catch(() => session.end());
    }
  }

  /** What a connection had is gone with it, so nothing is there twice. */
  #put(link: SessionManager, registration: Registration): Promise<void> {
    return link.use(
      (session) => this.#putThere(session, registration),
      (session) => session.ended.aborted,
    );
  }

  async #putThere(session: Session, registration: Registration): Promise<void> {
    if (registration.session === session || !this.#registrations.has(registration.id)) return;
    await session.post(registration.verb, registration.request);
    registration.session = session;
    if (!this.#registrations.has(registration.id)) await this.#takeBack(session, registration.id);
  }

  #dispose({ id, session }: Registration): void {
    if (!this.#registrations.delete(id) || session === undefined || session.ended.aborted) return;
    const gone = this.#takeBack(session, id);
    this.#pending.add(gone);
    void gone.then(() => this.#pending.delete(gone));
  }

  async #takeBack(session: Session, id: string): Promise<void> {
    try {
      await session.post('dispose', JSON.stringify({ registration: id }));
    } catch {
      // With its connection it is gone too.
      session.end();
    }
  }
}

/** Nobody wants it any more. */
function isClosed(error: unknown): boolean {
  return isServiceError(error) && error.name === 'ConnectionClosedException';
}

function warn(error: unknown): void {
  console.warn(`footbridge: a registration was refused: ${describeError(error)}`);
}
