import type { Clock } from '../base/clock/clock.js';
import { ServiceError } from '../base/service-error.js';
import { signal as abortSignal, readCallOptions } from '../core/call-options.js';
import type { BridgeAccess, DescribeNearest, Host, Part, PrepareHost } from '../core/plugin.js';
import type { EventHistory } from '../history/history.js';
import { Observers } from '../history/observers.js';
import type { DeliveryReport } from './bridge.js';
import { type Composition, type Core, createCore } from './core.js';
import { drain } from './drain.js';
import { zeroCounts } from './reporter.js';
import { waitUntilIdle } from './wait-until-idle.js';

/** The life of one bridge: the core that it has now, how that is replaced and comes to rest, and the end. */
export class Lifecycle implements BridgeAccess {
  readonly observers = new Observers();
  readonly #composition: Composition;
  readonly #closing: () => void;
  readonly #idleTimeout: () => number;
  readonly #internals: object[] = [];
  readonly #listeners: { observers: Observers; history: EventHistory | undefined };
  #describeNearest: DescribeNearest | undefined;
  #core: Core;
  /** Steps of deliveries that were reset: the count that a clock watches only grows. */
  #earlierProgress = 0;
  #isClosed = false;
  #closed: Promise<DeliveryReport> | undefined;
  readonly #unwatch: () => void;

  /** As `assembleBridge` takes them. */
  constructor(composition: Composition, closing: () => void, idleTimeout: () => number) {
    this.#composition = composition;
    this.#closing = closing;
    this.#idleTimeout = idleTimeout;
    this.#listeners = { observers: this.observers, history: undefined };
    this.#core = createCore(composition, this.#listeners);
    this.#unwatch =
      this.clock.watch?.(
        () => this.#earlierProgress + this.#inFlight().progress,
        () => this.#inFlight().tasks.size > 0,
      ) ?? (() => {});
  }

  get clock(): Clock {
    return this.#composition.settings.clock;
  }

  /** The core of now, also of a bridge that is closed. */
  readonly core = (): Core => this.#core;

  /** The same; throws once the bridge is closed. */
  readonly openCore = (): Core => {
    if (this.#isClosed) throw new ServiceError('BridgeClosedException', 'The bridge is closed.');
    return this.#core;
  };

  readonly host = (): Host => this.#core.host;

  readonly openHost = (): Host => this.openCore().host;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  readonly history = (): EventHistory | undefined => this.#listeners.history;

  readonly setHistory: BridgeAccess['setHistory'] = (history, describeNearest) => {
    this.#listeners.history = history;
    this.#describeNearest = describeNearest;
  };

  /** What the history has that a pattern nearly matches; empty without a history. */
  readonly describeNearest: DescribeNearest = (pattern) => this.#describeNearest?.(pattern) ?? '';

  readonly addInternals = (internals: object): void => {
    this.#internals.push(internals);
  };

  get internals(): object {
    return Object.assign({}, ...this.#internals);
  }

  reset(): void {
    this.openCore();
    this.#replace(createCore(this.#composition, this.#listeners), 'RESET', 'The bridge was reset.');
  }

  readonly replaceHost = (errorCode: string, errorMessage: string, prepare: PrepareHost): void => {
    const before = this.openCore();
    let after = before;
    const { resume } = prepare(before.host, () => {
      after = createCore(this.#composition, this.#listeners, before.code);
      return after.host;
    });
    this.#replace(after, errorCode, errorMessage);
    resume();
  };

  readonly resetHistory = (): void => {
    this.#listeners.history?.clear();
    Object.assign(this.#core.counts, zeroCounts);
  };

  async idle(): Promise<DeliveryReport> {
    await waitUntilIdle(this.#inFlight, this.observers, this.#idleTimeout());
    return this.#report();
  }

  async drain(): Promise<DeliveryReport> {
    await this.#drain();
    return this.#report();
  }

  /** A second call returns the same promise, whatever it is given. */
  readonly close = (options?: { readonly signal?: AbortSignal | undefined }): Promise<DeliveryReport> => {
    try {
      this.#closed ??= this.#finish(readCallOptions('close', options, { signal: abortSignal }).signal);
      return this.#closed;
    } catch (error) {
      return Promise.reject(error);
    }
  };

  async #finish(signal: AbortSignal | undefined): Promise<DeliveryReport> {
    this.#closing();
    pauseAll(this.#core.host);
    try {
      await this.#drain(signal);
    } finally {
      this.#isClosed = true;
      const { host } = this.#core;
      host.inFlight.end('CLOSED', 'The bridge was closed.');
      this.#unwatch();
      warnUnfiredFaults(host.parts.flatMap((part) => part.unfired?.() ?? []));
    }
    return this.#report();
  }

  #replace(after: Core, errorCode: string, errorMessage: string): void {
    const { host } = this.#core;
    for (const [name, part] of host.partsByName) part.handOverTo?.(after.host.partsByName.get(name) as Part);
    this.#listeners.history?.clear();
    this.#earlierProgress += host.inFlight.progress + 1;
    this.#core = after;
    // Last: a listener that learns of these ends and calls the bridge finds the new one.
    host.inFlight.end(errorCode, errorMessage);
  }

  #drain(signal?: AbortSignal): Promise<void> {
    const pause = () => pauseAll(this.#core.host);
    return drain(this.#inFlight, this.observers, this.clock, pause, this.#idleTimeout(), signal);
  }

  readonly #inFlight = () => this.#core.host.inFlight;

  #report(): DeliveryReport {
    const { host, deferredErrors, counts } = this.#core;
    deferredErrors.throwAll();
    const { waiting, nextAt } = host.inFlight;
    return { ...counts, waiting, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
  }
}

/** Nothing happens by itself until the function that is returned is called. */
function pauseAll({ parts }: Host): () => void {
  const resumes = parts.flatMap((part) => part.pause?.() ?? []);
  return () => {
    for (const resume of resumes) resume();
  };
}

/** A fault that was prepared and did not happen has tested nothing. */
function warnUnfiredFaults(unfired: readonly string[]): void {
  for (const fault of unfired) console.warn(`footbridge: a fault was left over: ${fault}`);
}
