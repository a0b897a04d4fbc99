import type { SchedulingClock } from '../base/clock/clock.js';
import type { Semaphore } from '../base/semaphore.js';
import { Signal } from '../base/signal.js';
import { BackgroundTasks, CascadeCounter } from './activity.js';
import { Attempt } from './attempt.js';
import type { ChaosPolicy } from './chaos-policy.js';
import { endUndelivered } from './dead-letter.js';
import { type Delivery, type DeliveryState, ended, type NextAttempt, ready } from './delivery.js';
import { DispatchQueue } from './dispatch-queue.js';
import { type AttemptResult, cancelled, createFailure, delivered, type Failure, type Outcome } from './outcome.js';
import type { RecipientQueue } from './recipient.js';
import { type Transition, transitionAfter, transitionBefore } from './transition.js';

/** The listener for what happens to deliveries. */
export interface DeliveryEvents {
  /** Called once for each delivery. */
  onEnd(delivery: Delivery, outcome: Outcome): void;
  /** An attempt failed. The next one is due at a time in epoch milliseconds. */
  onRetry(delivery: Delivery, failure: Failure, at: number): void;
  /** A Lambda function threw. `at` is when it is invoked again; `undefined` if it is not. */
  onFunctionError(delivery: Delivery, error: unknown, at: number | undefined): void;
}

/**
 * Moves pending deliveries from state to state until they end:
 *
 *     ready    → running, blocked or ended
 *     blocked  → ready or ended
 *     running  → waiting or ended
 *     waiting  → ready or ended
 *
 * `transitionBefore` decides whether an attempt that is due is made, `transitionAfter` what follows from its result. Each
 * delivery ends once. It leaves its state before a listener is notified, since the listener may call back.
 */
export class Dispatcher {
  readonly tasks: BackgroundTasks;
  readonly cascade = new CascadeCounter();
  /** Duplicates and delays deliveries. */
  chaosPolicy: ChaosPolicy | undefined;
  readonly #clock: SchedulingClock;
  readonly #random: () => number;
  readonly #events: DeliveryEvents;
  readonly #ready = new DispatchQueue((delivery) => this.#start(delivery));
  /** Those that are blocked or running. */
  readonly #busy = new Set<Delivery>();
  /** The one whose attempt is being called. Most end before that returns, and are spared the set, which costs more than the rest. */
  #calling: Delivery | undefined;
  readonly #waiting = new Set<Delivery>();
  #closedBy: Failure | undefined;
  #progress = 0;
  readonly #progressed = new Signal();

  constructor(clock: SchedulingClock, random: () => number, events: DeliveryEvents) {
    this.#clock = clock;
    this.#random = random;
    this.#events = events;
    this.tasks = new BackgroundTasks(() => {
      this.#progress++;
      this.#progressed.notifyAll();
    });
  }

  /** Adds a delivery. One that was restored with a next attempt waits for it. */
  add(delivery: Delivery, next?: NextAttempt): void {
    this.#enqueue(delivery, next);
    if (next === undefined && this.chaosPolicy?.isDuplicated()) this.#enqueue(delivery.duplicate(), undefined);
  }

  /** Starts all that wait, in the order in which they are due. */
  flush(): void {
    for (const delivery of this.#takeWaiting()) this.#ready.add(this.#enter(delivery, ready));
    this.tasks.beginWaiting();
  }

  /** Ends the deliveries of a recipient that are blocked or waiting. What is ready ends when it would start; what runs is not retried. */
  closeRecipient(recipientQueue: RecipientQueue, failure: Failure): void {
    recipientQueue.closedBy = failure;
    if (recipientQueue.pendingCount === 0) return;
    const isOfRecipient = ({ recipient }: Delivery) => recipient.recipientQueue === recipientQueue;
    const notRunning = [...this.#in('blocked').filter(isOfRecipient), ...this.#takeWaiting(isOfRecipient)];
    for (const delivery of notRunning) this.#enter(delivery, ended);
    for (const delivery of notRunning) this.#report(delivery, cancelled(failure));
    this.#progressed.notifyAll();
  }

  /** Ends all deliveries as failed with this code, also those that are added later. Results of running attempts are ignored. */
  end(errorCode: string, errorMessage: string): void {
    const failure = createFailure('cancelled', errorCode, errorMessage, false);
    this.#closedBy = failure;
    this.tasks.cancelWaiting();
    const all = [...this.#in('running'), ...this.#takeWaiting(), ...this.#in('blocked'), ...this.#ready.takeAll()];
    const attempts = all.map((delivery) => {
      const { state } = delivery;
      this.#enter(delivery, ended);
      return state.kind === 'running' ? state : undefined;
    });
    // The semaphores of handlers outlive this bridge's core.
    for (const delivery of all) this.#releasePermit(delivery);
    all.forEach((delivery, index) => {
      const { nextAttempt } = delivery;
      if (nextAttempt?.kind === 'reinvoke') this.#apply(delivery, { kind: 'give-up', error: nextAttempt.error });
      else this.#report(delivery, cancelled(failure));
      attempts[index]?.stop(new Error(errorMessage));
    });
    this.#progressed.notifyAll();
  }

  #enqueue(delivery: Delivery, next: NextAttempt | undefined): void {
    delivery.recipient.recipientQueue.pendingCount++;
    this.cascade.admit(delivery);
    delivery.event.retain();
    this.#progress++;
    if (this.#closedBy !== undefined) this.#endDelivery(delivery, cancelled(this.#closedBy));
    else if (next !== undefined) this.#wait(delivery, next);
    else this.#ready.admit(delivery, this.chaosPolicy);
  }

  #start(delivery: Delivery): void {
    this.#progress++;
    const instead = transitionBefore(delivery, this.#clock.now);
    if (instead !== undefined) {
      this.#releasePermit(delivery);
      this.#apply(delivery, instead);
      this.#progressed.notifyAll();
      return;
    }
    // Read once: the handler may replace or remove itself.
    const { semaphore, timeout } = delivery.recipient.receiver.attemptOptions;
    if (!this.#acquirePermit(delivery, semaphore)) return;
    const attempt = new Attempt(delivery, timeout, this.#clock);
    delivery.state = attempt;
    this.#calling = delivery;
    attempt.run(this.#completeAttempt);
    if (this.#calling === undefined) return;
    this.#calling = undefined;
    this.#busy.add(delivery);
  }

  readonly #completeAttempt = (delivery: Delivery, result: AttemptResult): void => {
    this.#progress++;
    const transition = transitionAfter(delivery, result, this.#clock, this.#random);
    this.#enter(delivery, ended);
    this.#releasePermit(delivery);
    this.#apply(delivery, transition);
    this.#progressed.notifyAll();
  };

  #apply(delivery: Delivery, transition: Transition): void {
    switch (transition.kind) {
      case 'end':
        this.#endDelivery(delivery, transition.outcome);
        return;
      case 'undeliverable':
        this.#endDelivery(delivery, endUndelivered(delivery, transition.failure, transition.exhausted));
        return;
      case 'retry':
        this.#wait(delivery, transition);
        this.#events.onRetry(delivery, transition.failure, transition.at);
        return;
      case 'reinvoke':
        delivery.invocationErrors++;
        this.#wait(delivery, transition);
        if (!delivery.isDelivered) {
          delivery.isDelivered = true;
          this.#events.onEnd(delivery, delivered);
        }
        // The listener may have ended everything.
        if (delivery.state.kind === 'waiting') this.#events.onFunctionError(delivery, transition.error, transition.at);
        return;
      case 'give-up':
        this.#enter(delivery, ended);
        this.#events.onFunctionError(delivery, transition.error, undefined);
        this.#release(delivery);
        return;
      case 'recovered':
        this.#enter(delivery, ended);
        this.#release(delivery);
    }
  }

  #wait(delivery: Delivery, next: NextAttempt): void {
    const cancelTimer = this.#clock.schedule(next.at, () => {
      // A clock of somebody else's may call back in spite of the cancellation.
      if (delivery.state !== waiting) return;
      this.#enter(delivery, ready);
      // A timer may be early by a moment: a delivery that waited until its last moment has reached it.
      const instead = transitionBefore(delivery, () => Math.max(this.#clock.now(), next.at));
      if (instead === undefined) this.#ready.add(delivery);
      else this.#apply(delivery, instead);
    });
    const waiting: DeliveryState = { kind: 'waiting', next, cancelTimer };
    delivery.nextAttempt = next;
    this.#enter(delivery, waiting);
  }

  #endDelivery(delivery: Delivery, outcome: Outcome): void {
    this.#enter(delivery, ended);
    this.#report(delivery, outcome);
  }

  #report(delivery: Delivery, outcome: Outcome): void {
    this.#events.onEnd(delivery, outcome);
    this.#release(delivery);
  }

  #release(delivery: Delivery): void {
    this.#progress++;
    this.cascade.release(delivery);
    const { recipientQueue } = delivery.recipient;
    recipientQueue.pendingCount--;
    delivery.event.release();
    recipientQueue.capacityFreed.notifyOne();
  }

  #enter(delivery: Delivery, state: DeliveryState): Delivery {
    const before = delivery.state.kind;
    if (before === 'waiting') this.#waiting.delete(delivery);
    else if (this.#calling === delivery) this.#calling = undefined;
    else if (before === 'running' || before === 'blocked') this.#busy.delete(delivery);
    if (state.kind === 'waiting') this.#waiting.add(delivery);
    else if (state.kind === 'blocked') this.#busy.add(delivery);
    delivery.state = state;
    return delivery;
  }

  /** False if the delivery is blocked. A permit of a handler that was replaced meanwhile is given back. */
  #acquirePermit(delivery: Delivery, semaphore: Semaphore | undefined): boolean {
    if (delivery.permit === semaphore) return true;
    this.#releasePermit(delivery);
    const grant = (): boolean => {
      const { state } = delivery;
      if (state.kind !== 'blocked' || state.by !== semaphore) return false;
      delivery.permit = semaphore;
      this.#ready.add(this.#enter(delivery, ready));
      return true;
    };
    if (semaphore?.acquire(grant) === false) {
      this.#enter(delivery, { kind: 'blocked', by: semaphore });
      return false;
    }
    delivery.permit = semaphore;
    return true;
  }

  #releasePermit(delivery: Delivery): void {
    const { permit } = delivery;
    delivery.permit = undefined;
    permit?.release();
  }

  /** How many need no time to go on, background tasks included. */
  get inFlightCount(): number {
    const calling = this.#calling === undefined ? 0 : 1;
    return this.#ready.size + this.#busy.size + calling + this.tasks.size;
  }

  /** How many wait for their due time, background tasks included. */
  get waiting(): number {
    return this.#waiting.size + this.tasks.waitingCount;
  }

  /** When the first of those is due, in epoch milliseconds. */
  get nextAt(): number | undefined {
    let first = this.tasks.nextAt;
    for (const delivery of this.#waiting) first = Math.min(first, dueTime(delivery));
    return first === Number.POSITIVE_INFINITY ? undefined : first;
  }

  get running(): readonly Delivery[] {
    return this.#in('running');
  }

  /** All pending deliveries: those that need no time to go on, and those that wait for their due time. */
  get pending(): { readonly inFlight: readonly Delivery[]; readonly waiting: readonly Delivery[] } {
    const { waiting, running, blocked, ready } = this.list();
    return { inFlight: [...blocked, ...ready, ...running], waiting };
  }

  /** All pending deliveries by what they do, each kind in order. */
  list(): Record<'waiting' | 'running' | 'blocked' | 'ready', Delivery[]> {
    const [running, blocked] = [this.#in('running'), this.#in('blocked')];
    return { waiting: [...this.#waiting], running, blocked, ready: this.#ready.list() };
  }

  /** Grows with each step of each delivery. */
  get progress(): number {
    return this.#progress;
  }

  /** Resolves when the next attempt has ended, or the next step of a background task. */
  attemptSettled(): Promise<void> {
    return this.#progressed.wait();
  }

  /** See `DispatchQueue`: a publisher that waits for it cannot add deliveries faster than they start. */
  nextDispatchTurn(): Promise<void> | undefined {
    return this.#ready.nextTurn();
  }

  /** Whether `end` was called. */
  get isClosed(): boolean {
    return this.#closedBy !== undefined;
  }

  #in(kind: 'blocked' | 'running'): Delivery[] {
    const found = [...this.#busy].filter(({ state }) => state.kind === kind);
    if (kind === 'running' && this.#calling !== undefined) found.push(this.#calling);
    return found;
  }

  /** Cancels the timers of those that wait, and returns them in the order in which they are due. */
  #takeWaiting(isWanted: (delivery: Delivery) => boolean = () => true): Delivery[] {
    const taken = [...this.#waiting].filter(isWanted);
    for (const { state } of taken) if (state.kind === 'waiting') state.cancelTimer();
    return taken.sort((a, b) => dueTime(a) - dueTime(b));
  }
}

function dueTime({ state }: Delivery): number {
  return state.kind === 'waiting' ? state.next.at : 0;
}
