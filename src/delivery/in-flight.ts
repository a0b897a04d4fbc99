import { Bell } from '../base/bell.js';
import type { TimedClock } from '../base/clock.js';
import { Attempt } from './attempt.js';
import type { Delivery } from './delivery.js';
import type { Gate } from './gate.js';
import { delivered, type Failure, makeFailure, type Outcome, type Verdict } from './outcome.js';
import type { Lane } from './recipient.js';
import { Starts } from './starts.js';
import { expiry, type Step, stepAfter } from './step.js';
import { type Wait, Waiting } from './waiting.js';

/** What deliveries have to tell. */
export interface DeliveryEvents {
  /** Told once of each delivery. */
  ended(delivery: Delivery, outcome: Outcome): void;
  /** An attempt failed, and another follows at a time. */
  retrying(delivery: Delivery, failure: Failure, at: number): void;
  /** A Lambda function threw. `at` is when it is invoked again, `undefined` if it is not. */
  functionThrew(delivery: Delivery, error: unknown, at: number | undefined): void;
}

/** What causes deliveries bit by bit and needs no time for it, such as a replay. */
export interface Source {
  /** Says that it goes on. */
  step(): void;
  /** Says that it has come to its end. */
  end(): void;
}

/**
 * Every delivery that has not come to its end: it starts, runs, waits for a retry, starts again. Each ends exactly once, by
 * its outcome or by `end`.
 */
export class InFlight {
  readonly #clock: TimedClock;
  readonly #random: () => number;
  readonly #events: DeliveryEvents;
  readonly #starts = new Starts((delivery) => this.#start(delivery));
  /** Those that a gate holds back. */
  readonly #parked = new Set<Delivery>();
  readonly #running = new Set<Attempt>();
  readonly #waiting: Waiting;
  #over: Failure | undefined;
  #sources = 0;
  #progress = 0;
  #generation = 0;
  /** How many have not ended: of those that came since `isSucceeded` last answered true, and of those before. */
  readonly #unfinished = { young: 0, old: 0 };
  readonly #attempted = new Bell();

  constructor(clock: TimedClock, random: () => number, events: DeliveryEvents) {
    this.#clock = clock;
    this.#random = random;
    this.#events = events;
    this.#waiting = new Waiting(clock, (delivery, wait) => this.#wake(delivery, wait));
  }

  /** How many need no time to go on, sources included. */
  get active(): number {
    return this.#starts.size + this.#parked.size + this.#running.size + this.#sources;
  }

  /** Whether a source is open. */
  get isFed(): boolean {
    return this.#sources > 0;
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

  /** One of those that have not ended, if it has been started. */
  get anyStarted(): Delivery | undefined {
    const [attempt] = this.#running;
    return attempt?.delivery ?? this.#waiting.any;
  }

  get running(): readonly Attempt[] {
    return [...this.#running];
  }

  /** Grows with each step of each delivery. */
  get progress(): number {
    return this.#progress;
  }

  add(delivery: Delivery): void {
    delivery.recipient.lane.unfinished++;
    delivery.generation = this.#generation;
    this.#unfinished.young++;
    delivery.event.hold();
    this.#progress++;
    if (this.#over === undefined) this.#starts.add(delivery);
    else this.#finish(delivery, { kind: 'failed', failure: this.#over, exhausted: undefined });
  }

  /** Until the source ends, there is something active. */
  openSource(): Source {
    this.#sources++;
    this.#progress++;
    return {
      step: () => {
        this.#progress++;
      },
      end: () => {
        this.#sources--;
        this.#progress++;
        this.#attempted.ring();
      },
    };
  }

  /** Resolves when the next attempt, or a source, has come to something. */
  nextAttempt(): Promise<void> {
    return this.#attempted.wait();
  }

  /** Whether all have ended that were there when it last answered true, while others, which they may have caused, have come. */
  isSucceeded(): boolean {
    const { young, old } = this.#unfinished;
    if (old > 0 || young === 0) return false;
    this.#generation++;
    Object.assign(this.#unfinished, { young: 0, old: young });
    return true;
  }

  /** Starts all that wait for their time, in the order in which they are due. */
  hurry(): void {
    for (const [delivery] of this.#waiting.takeAll().sort(([, a], [, b]) => a.at - b.at)) this.#starts.add(delivery);
  }

  /** As of `Starts`: a publisher whose answer waits for it cannot pile up deliveries faster than they start. */
  turn(): Promise<void> | undefined {
    return this.#starts.turn();
  }

  /** Ends all deliveries as failed with this code, also those that are added later; what their handlers do from now on counts no more. */
  end(errorCode: string, errorMessage: string): void {
    const failure = makeFailure('ended', errorCode, errorMessage, false);
    this.#over = failure;
    const attempts = this.running;
    // Emptied before anybody hears of it, lest a listener that comes back here ends a delivery a second time.
    const waiting = this.#waiting.takeAll();
    const idle = [...this.#parked, ...this.#starts.takeAll()];
    this.#running.clear();
    this.#parked.clear();
    const end = (delivery: Delivery, error: unknown = new Error(errorMessage)) =>
      this.#take(
        delivery,
        delivery.isHandedOver
          ? { kind: 'give-up', error }
          : { kind: 'end', outcome: { kind: 'failed', failure, exhausted: undefined } },
      );
    for (const attempt of attempts) {
      end(attempt.delivery);
      attempt.stop(new Error(errorMessage));
    }
    for (const [delivery, wait] of waiting) end(delivery, wait.kind === 'retry' ? undefined : wait.error);
    for (const delivery of idle) end(delivery);
    this.#attempted.ring();
  }

  /** Ends what waits for its time or its turn in a lane; what is yet to start ends then, and what runs is not retried. */
  endLane(lane: Lane, failure: Failure): void {
    lane.ended = failure;
    if (lane.unfinished === 0) return;
    const isOf = (delivery: Delivery) => delivery.recipient.lane === lane;
    // As in `end`: emptied before anybody hears of it.
    const parked = [...this.#parked].filter(isOf);
    const waiting = this.#waiting.takeAll(isOf);
    for (const delivery of parked) this.#parked.delete(delivery);
    const outcome = { kind: 'failed', failure, exhausted: undefined } as const;
    for (const delivery of [...parked, ...waiting.map(([delivery]) => delivery)]) this.#finish(delivery, outcome);
    this.#attempted.ring();
  }

  #start(delivery: Delivery): void {
    this.#progress++;
    const { lane, receiver } = delivery.recipient;
    if (lane.ended !== undefined) {
      this.#leaveGate(delivery);
      this.#finish(delivery, { kind: 'failed', failure: lane.ended, exhausted: undefined });
      this.#attempted.ring();
      return;
    }
    // Once: the handler may replace itself, or take itself away.
    const { gate, timeout } = receiver.terms();
    if (!this.#enterGate(delivery, gate)) return;
    const attempt = new Attempt(delivery, timeout, this.#clock);
    this.#running.add(attempt);
    attempt.run((verdict) => this.#settle(attempt, verdict));
  }

  /** False if the gate holds the delivery back: it will be started again when it has been called in. */
  #enterGate(delivery: Delivery, gate: Gate | undefined): boolean {
    if (delivery.gate !== undefined && delivery.gate === gate) return true;
    // Called in by the gate of a handler that was replaced since.
    this.#leaveGate(delivery);
    if (gate?.enter(delivery) === false) {
      this.#parked.add(delivery);
      return false;
    }
    delivery.gate = gate;
    return true;
  }

  #leaveGate(delivery: Delivery): void {
    const { gate } = delivery;
    if (gate === undefined) return;
    delivery.gate = undefined;
    for (let next = gate.leave(); next !== undefined; next = gate.leave()) {
      // One that ended while it was parked leaves its place to the next.
      if (!this.#parked.delete(next)) continue;
      next.gate = gate;
      this.#starts.add(next);
      return;
    }
  }

  #settle(attempt: Attempt, verdict: Verdict): void {
    if (!this.#running.delete(attempt)) return;
    this.#progress++;
    const { delivery } = attempt;
    this.#leaveGate(delivery);
    this.#take(delivery, stepAfter(delivery, verdict, { now: this.#clock.now(), random: this.#random }));
    this.#attempted.ring();
  }

  #take(delivery: Delivery, step: Step): void {
    switch (step.kind) {
      case 'end':
        this.#finish(delivery, step.outcome);
        return;
      case 'retry':
        if (delivery.recipient.lane.ended !== undefined) {
          this.#finish(delivery, { kind: 'failed', failure: step.failure, exhausted: undefined });
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

  #wake(delivery: Delivery, wait: Wait): void {
    // A timer may be early by a moment: a delivery that waited for its last moment has come to it.
    const now = Math.max(this.#clock.now(), wait.at);
    const outcome = wait.kind === 'retry' ? expiry(delivery, wait.failure, now) : undefined;
    if (outcome === undefined) this.#starts.add(delivery);
    else this.#finish(delivery, outcome);
  }

  #finish(delivery: Delivery, outcome: Outcome): void {
    this.#events.ended(delivery, outcome);
    this.#release(delivery);
  }

  #release(delivery: Delivery): void {
    this.#progress++;
    this.#unfinished[delivery.generation === this.#generation ? 'young' : 'old']--;
    const { lane } = delivery.recipient;
    lane.unfinished--;
    delivery.event.release();
    lane.room.ringOnce();
  }
}
