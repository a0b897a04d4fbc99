import { describeError } from '../base/describe.js';
import type { DisposableHandle } from '../base/disposable.js';
import { isServiceError } from '../base/service-error.js';
import { Deliveries, type DeliveryHandler } from './deliveries.js';
import type { HandleRequest, OnRequest, RegistrationRequest, ServerMessage } from './messages.js';
import type { Registered } from './remote-bridge.js';
import type { Session } from './session.js';
import type { SessionListener, SessionManager } from './session-manager.js';

interface Registration {
  readonly id: string;
  readonly method: 'handle' | 'on';
  /** JSON text of the request. */
  readonly request: string;
  readonly handler: DeliveryHandler;
  /** The session that it was sent to. */
  session: Session | undefined;
}

/** The handlers and subscriptions of this process. They are registered again with each new session. */
export class Registrations implements SessionListener {
  readonly #registrations = new Map<string, Registration>();
  readonly #deliveries = new WeakMap<Session, Deliveries>();
  readonly #pending = new Set<Promise<unknown>>();
  #count = 0;

  /** Resolves when what was registered so far is registered on the server, so that later calls find it there. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** `request` lacks the registration's id. `createHandle` creates the handle that disposes it. */
  register<Kind extends DisposableHandle>(
    sessions: SessionManager,
    method: Registration['method'],
    request: HandleRequest | OnRequest,
    handler: DeliveryHandler,
    createHandle: (dispose: () => void) => Kind,
  ): Registered<Kind> {
    const id = `registration-${++this.#count}`;
    const json = JSON.stringify({ registration: id, ...request } satisfies RegistrationRequest);
    const registration: Registration = { id, method, request: json, handler, session: undefined };
    this.#registrations.set(id, registration);
    const handle = createHandle(() => this.#dispose(registration));
    const accepted = this.#registerOnAny(sessions, registration);
    let hasAwaiter = false;
    const pending = accepted.catch((error: unknown) => {
      this.#registrations.delete(id);
      if (!hasAwaiter && !isClosed(error)) warn(error);
    });
    this.#track(pending);
    return {
      ...handle,
      // biome-ignore lint/suspicious/noThenProperty: to be awaited is its purpose.
      then: (onAccepted, onRejected) => {
        hasAwaiter = true;
        return accepted.then(() => handle).then(onAccepted, onRejected);
      },
    };
  }

  async opened(session: Session): Promise<void> {
    this.#deliveries.set(session, new Deliveries(session));
    for (const registration of [...this.#registrations.values()]) {
      // A new registration is sent by `register` itself.
      if (registration.session === undefined) continue;
      try {
        await this.#registerOn(session, registration);
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
        session.call('ping', '{}').catch(() => session.end());
        return;
      case 'goodbye':
        session.drain().catch(() => session.end());
    }
  }

  /** Registrations end with their session, so none is there twice. */
  #registerOnAny(sessions: SessionManager, registration: Registration): Promise<void> {
    return sessions.withSession(
      (session) => this.#registerOn(session, registration),
      (session) => session.ended.aborted,
    );
  }

  async #registerOn(session: Session, registration: Registration): Promise<void> {
    if (registration.session === session || !this.#registrations.has(registration.id)) return;
    await session.call(registration.method, registration.request);
    registration.session = session;
    if (!this.#registrations.has(registration.id)) await this.#unregister(session, registration.id);
  }

  #dispose({ id, session }: Registration): void {
    if (!this.#registrations.delete(id) || session === undefined || session.ended.aborted) return;
    this.#track(this.#unregister(session, id));
  }

  #track(pending: Promise<unknown>): void {
    this.#pending.add(pending);
    void pending.then(() => this.#pending.delete(pending));
  }

  async #unregister(session: Session, id: string): Promise<void> {
    try {
      await session.call('dispose', JSON.stringify({ registration: id }));
    } catch {
      // The registration ends with its session.
      session.end();
    }
  }
}

/** Then the registration is not needed. */
function isClosed(error: unknown): boolean {
  return isServiceError(error) && error.name === 'ConnectionClosedException';
}

function warn(error: unknown): void {
  console.warn(`footbridge: a registration was rejected: ${describeError(error)}`);
}
