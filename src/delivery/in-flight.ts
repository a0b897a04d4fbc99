import type { TimedClock } from '../base/clock/clock.js';
import { Bell } from '../base/signal.js';
import type { Again } from './again.js';
import { Attempt } from './attempt.js';
import type { Delivery } from './delivery.js';
import type { DeliveryEvents } from './delivery-events.js';
import type { Disorder } from './disorder.js';
import { Generations } from './generations.js';
import { cutShort, delivered, type Failure, makeFailure, type Outcome, type Verdict } from './outcome.js';
import { Parked } from './parked.js';
import type { Lane } from './recipient.js';
import { Running } from './running.js';
import { Sources } from './sources.js';
import { Starts } from './starts.js';
import { expiry, type Step, stepAfter } from './step.js';
import { Waiting } from './waiting.js';

/**
 * Every delivery that has not come to its end: it starts, runs, waits for a retry, starts again. At any time it is in one of
 * four places: to start, parked, running, or waiting. Each ends exactly once, by its outcome, by `endLane` or by `end`.
 */
export class InFlight {
  /** What makes the bridge go on although no delivery does. */
  readonly sources: Sources;
  /** For whoever waits until deliveries cause no others. */
  readonly generations = new Generations();
  readonly #clock: TimedClock;
  readonly #random: () => number;
  readonly #events: DeliveryEvents;
  readonly #starts = new Starts((delivery) => this.#start(delivery));
  readonly #parked = new Parked((delivery) => this.#starts.add(delivery));
  readonly #running = new Running();
  readonly #waiting: Waiting;
  #over: Failure | undefined;
  #progress = 0;
  readonly #attempted = new Bell();
  /** What makes deliveries twice, or late, if anything does. */
  disorder: Disorder | undefined;

  constructor(clock: TimedClock, random: () => number, events: DeliveryEvents) {
    this.#clock = clock;
    this.#random = random;
    this.#events = events;
    this.sources = new Sources(() => {
      this.#progress++;
      this.#attempted.ring();
    });
    this.#waiting = new Waiting(clock, (delivery, at) => this.#wake(delivery, at));
  }

  /** How many need no time to go on, sources included. */
  get active(): number {
    return this.#starts.size + this.#parked.size + this.#running.size + this.sources.size;
  }

  /** Whether `end` was called. */
  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /** How many wait for their time. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** When the first of those that wait is due, in epoch milliseconds. */
  get nextAt(): number | undefined {
    return this.#waiting.nextAt;
  }

  get running(): readonly Attempt[] {
    return this.#running.list();
  }

  /** Those that have not ended: those that need no time to go on, and those that wait for theirs. */
  get unfinished(): { readonly active: readonly Delivery[]; readonly waiting: readonly Delivery[] } {
    const { waiting, running, starting } = this.list();
    return { active: [...starting, ...running], waiting };
  }

  /** Grows with each step of each delivery. */
  get progress(): number {
    return this.#progress;
  }

  /** All that have not ended: those that wait for a time, those that run, and those that are to start, in their order. */
  list(): { readonly waiting: Delivery[]; readonly running: Delivery[]; readonly starting: Delivery[] } {
    return {
      waiting: this.#waiting.list(),
      running: this.running.map(({ delivery }) => delivery),
      starting: [...this.#parked.list(), ...this.#starts.list()],
    };
  }

  /** Takes a delivery in; one that was on its way before and waits for a time goes on waiting. */
  add(delivery: Delivery, again?: Again): void {
    this.#admit(delivery, again);
    if (again === undefined && this.disorder?.isDuplicated()) this.#admit(delivery.duplicate(), undefined);
  }

  /** Resolves when the next attempt, or step of a source, has come to something. */
  nextAttempt(): Promise<void> {
    return this.#attempted.wait();
  }

  /** Starts all that wait for their time, in the order in which they are due. */
  hurry(): void {
    for (const delivery of this.#waiting.take()) this.#starts.add(delivery);
  }

  /** As of `Starts`: a publisher whose answer waits for it cannot pile up deliveries faster than they start. */
  turn(): Promise<void> | undefined {
    return this.#starts.turn();
  }

  /**
   * Ends all deliveries as failed with this code, also those that are added later; what their handlers do from now on counts
   * no more.
   */
  end(errorCode: string, errorMessage: string): void {
    const failure = makeFailure('ended', errorCode, errorMessage, false);
    this.#over = failure;
    const attempts = this.running;
    // Emptied before anybody hears of it, lest a listener that comes back here ends a delivery a second time.
    const idle = [...this.#waiting.take(), ...this.#parked.take(), ...this.#starts.takeAll()];
    this.#running.clear();
    // The gates of handlers that stay are to be free for what comes.
    for (const delivery of [...attempts.map(({ delivery }) => delivery), ...idle]) this.#parked.leave(delivery);
    const end = (delivery: Delivery) => {
      const { last } = delivery;
      this.#take(
        delivery,
        last?.kind === 'invoke-again'
          ? { kind: 'give-up', error: last.error }
          : { kind: 'end', outcome: cutShort(failure) },
      );
    };
    for (const attempt of attempts) {
      end(attempt.delivery);
      attempt.stop(new Error(errorMessage));
    }
    for (const delivery of idle) end(delivery);
    this.#attempted.ring();
  }

  /** Ends what waits for its time or its turn in a lane; what is yet to start ends then, and what runs is not retried. */
  endLane(lane: Lane, failure: Failure): void {
    lane.ended = failure;
    if (lane.unfinished === 0) return;
    const isOf = (delivery: Delivery) => delivery.recipient.lane === lane;
    // As in `end`: emptied before anybody hears of it.
    const idle = [...this.#parked.take(isOf), ...this.#waiting.take(isOf)];
    for (const delivery of idle) this.#finish(delivery, cutShort(failure));
    this.#attempted.ring();
  }

  #admit(delivery: Delivery, again: Again | undefined): void {
    delivery.recipient.lane.unfinished++;
    this.generations.admit(delivery);
    delivery.event.hold();
    this.#progress++;
    if (this.#over === undefined && again !== undefined) this.#waiting.add(delivery, again);
    else if (this.#over === undefined) this.#starts.admit(delivery, this.disorder);
    else this.#finish(delivery, cutShort(this.#over));
  }

  #start(delivery: Delivery): void {
    this.#progress++;
    const end = this.#endOf(delivery);
    if (end !== undefined) {
      this.#parked.leave(delivery);
      this.#finish(delivery, end);
      this.#attempted.ring();
      return;
    }
    // Once: the handler may replace itself, or take itself away.
    const { gate, timeout } = delivery.recipient.receiver.terms();
    if (!this.#parked.enter(delivery, gate)) return;
    const attempt = new Attempt(delivery, timeout, this.#clock);
    this.#running.run(attempt, this.#settle);
  }

  /** Of one that has waited, in whatever place, until there is no sense in another attempt. */
  #endOf(delivery: Delivery): Outcome | undefined {
    const failure = delivery.recipient.lane.ended;
    if (failure !== undefined) return cutShort(failure);
    return delivery.last === undefined ? undefined : expiry(delivery, this.#clock.now());
  }

  readonly #settle = (attempt: Attempt, verdict: Verdict): void => {
    this.#running.delete(attempt);
    this.#progress++;
    const { delivery } = attempt;
    this.#parked.leave(delivery);
    this.#take(delivery, stepAfter(delivery, verdict, this.#clock, this.#random));
    this.#attempted.ring();
  };

  #take(delivery: Delivery, step: Step): void {
    switch (step.kind) {
      case 'end':
        this.#finish(delivery, step.outcome);
        return;
      case 'retry':
        if (delivery.recipient.lane.ended !== undefined) {
          this.#finish(delivery, cutShort(step.failure));
          return;
        }
        this.#waiting.add(delivery, step);
        this.#events.retrying(delivery, step.failure, step.at);
        return;
      case 'invoke-again':
        delivery.throws++;
        this.#waiting.add(delivery, step);
        this.#handOver(delivery);
        // Who heard of the delivery may have ended everything.
        if (this.#waiting.has(delivery)) this.#events.functionThrew(delivery, step.error, step.at);
        return;
      case 'give-up':
        this.#events.functionThrew(delivery, step.error, undefined);
        this.#release(delivery);
        return;
      case 'recovered':
        this.#release(delivery);
    }
  }

  #handOver(delivery: Delivery): void {
    if (delivery.isHandedOver) return;
    delivery.isHandedOver = true;
    this.#events.ended(delivery, delivered);
  }

  #wake(delivery: Delivery, at: number): void {
    // A timer may be early by a moment: a delivery that waited for its last moment has come to it.
    const outcome = expiry(delivery, Math.max(this.#clock.now(), at));
    if (outcome === undefined) this.#starts.add(delivery);
    else this.#finish(delivery, outcome);
  }

  #finish(delivery: Delivery, outcome: Outcome): void {
    this.#events.ended(delivery, outcome);
    this.#release(delivery);
  }

  #release(delivery: Delivery): void {
    this.#progress++;
    this.generations.release(delivery);
    const { lane } = delivery.recipient;
    lane.unfinished--;
    delivery.event.release();
    lane.room.ringOnce();
  }
}
