import { ServiceError } from '../base/service-error.js';
import { EventHistory } from '../history/history.js';
import { Observers } from '../history/observers.js';
import type { Bridge, DeliveryReport } from './bridge.js';
import { type Core, makeCore } from './core.js';
import { drainAll } from './drain.js';
import type { Settings } from './options.js';
import { signal as abortSignal, readCallOptions } from './read-call-options.js';
import { noneEnded } from './reports.js';
import { restoreCore } from './restore.js';
import { settle } from './settle.js';
import type { Snapshot } from './snapshot.js';

/** The life of one bridge: the core that it has now, how that is replaced and comes to rest, and the end. */
export class Lifecycle {
  readonly history: EventHistory;
  readonly observers = new Observers();
  readonly #settings: Settings;
  readonly #closing: () => void;
  readonly #patience: () => number;
  #core: Core;
  /** Steps of deliveries that were reset: the count that a clock watches only grows. */
  #past = 0;
  #isClosed = false;
  #closed: Promise<DeliveryReport> | undefined;
  readonly #unwatch: () => void;

  /** As `makeBridge` takes them. */
  constructor(settings: Settings, closing: () => void, patience: () => number) {
    this.#settings = settings;
    this.#closing = closing;
    this.#patience = patience;
    this.history = new EventHistory(settings.history, () => Object.values(this.#inFlight().list()).flat());
    this.#core = makeCore(settings, this);
    this.#unwatch =
      settings.clock.watch?.(
        () => this.#past + this.#inFlight().progress,
        () => this.#inFlight().tasks.size > 0,
      ) ?? (() => {});
  }

  /** The core of now, also of a bridge that is closed. */
  readonly core = (): Core => this.#core;

  /** The same; throws once the bridge is closed. */
  readonly openCore = (): Core => {
    if (this.#isClosed) throw new ServiceError('BridgeClosedException', 'The bridge is closed.');
    return this.#core;
  };

  get isClosed(): boolean {
    return this.#isClosed;
  }

  reset(): void {
    this.openCore();
    this.#replace(makeCore(this.#settings, this), 'RESET', 'The bridge was reset.');
  }

  restore(snapshot: Snapshot): void {
    const before = this.openCore();
    const make = () => makeCore(this.#settings, this, before);
    const after = restoreCore(snapshot, before, make, this.#settings.clock);
    this.#replace(after.core, 'RESTORED', 'The bridge was restored.');
    after.goOn();
  }

  resetHistory(): void {
    this.history.clear();
    Object.assign(this.#core.tally, noneEnded);
  }

  async idle(): Promise<DeliveryReport> {
    await settle(this.#inFlight, this.observers, this.#patience());
    return this.#report();
  }

  async drain(): Promise<DeliveryReport> {
    await this.#drainAll();
    return this.#report();
  }

  /** A second call answers the same promise, whatever it is given. */
  readonly close: Bridge['close'] = (how) => {
    try {
      this.#closed ??= this.#finish(readCallOptions('close', how, { signal: abortSignal }).signal);
      return this.#closed;
    } catch (error) {
      return Promise.reject(error);
    }
  };

  async #finish(signal: AbortSignal | undefined): Promise<DeliveryReport> {
    this.#closing();
    this.#core.schedules.pause();
    try {
      await this.#drainAll(signal);
    } finally {
      this.#isClosed = true;
      const { context, targetFaults } = this.#core;
      context.inFlight.end('CLOSED', 'The bridge was closed.');
      this.#unwatch();
      warnOfFaults([...context.faults.leftOver(), ...targetFaults.leftOver()]);
    }
    return this.#report();
  }

  #replace(after: Core, errorCode: string, errorMessage: string): void {
    const { context, schedules } = this.#core;
    schedules.handOverTo(after.schedules);
    this.history.clear();
    this.#past += context.inFlight.progress + 1;
    this.#core = after;
    // Last: whoever hears of these ends and calls the bridge finds the new one.
    context.inFlight.end(errorCode, errorMessage);
  }

  #drainAll(signal?: AbortSignal): Promise<void> {
    const { clock } = this.#settings;
    return drainAll(this.#inFlight, this.observers, clock, this.#core.schedules, this.#patience(), signal);
  }

  readonly #inFlight = () => this.#core.context.inFlight;

  #report(): DeliveryReport {
    const { context, failures, tally } = this.#core;
    failures.throwAll();
    const { waiting, nextAt } = context.inFlight;
    return { ...tally, waiting, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
  }
}

/** A fault that was prepared and did not happen has tested nothing. */
function warnOfFaults(leftOver: readonly string[]): void {
  for (const fault of leftOver) console.warn(`footbridge: a fault was left over: ${fault}`);
}
