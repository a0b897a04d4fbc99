import { type DisposableHandle, dispose } from './disposable.js';

/** An injected fault. It fires until its number of times is reached or it is disposed. */
export interface Fault extends DisposableHandle {
  /** Number of times it has fired. */
  readonly fired: number;
}

interface PendingFault<Spec> {
  readonly spec: Spec;
  readonly label: string;
  readonly maxFirings: number;
  fired: number;
}

/** Faults that can still fire, in the order in which they were added. */
export class FaultList<Spec> {
  readonly #pending = new Set<PendingFault<Spec>>();

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  /** `label` names the fault in messages. `maxFirings` may be Infinity. */
  add(spec: Spec, label: string, maxFirings: number): Fault {
    const pending = { spec, label, maxFirings, fired: 0 };
    this.#pending.add(pending);
    const end = () => {
      this.#pending.delete(pending);
    };
    return {
      get fired() {
        return pending.fired;
      },
      dispose: end,
      [dispose]: end,
    };
  }

  has(matches: (spec: Spec) => boolean): boolean {
    for (const { spec } of this.#pending) if (matches(spec)) return true;
    return false;
  }

  /** Fires the first fault that matches. */
  fire(matches: (spec: Spec) => boolean): Spec | undefined {
    for (const pending of this.#pending) {
      if (!matches(pending.spec)) continue;
      if (++pending.fired >= pending.maxFirings) this.#pending.delete(pending);
      return pending.spec;
    }
    return undefined;
  }

  /** Calls back with each fault, which fires if the result is true. */
  fireAll(shouldFire: (spec: Spec) => boolean): void {
    for (const pending of this.#pending) {
      if (shouldFire(pending.spec) && ++pending.fired >= pending.maxFirings) this.#pending.delete(pending);
    }
  }

  /** Describes the faults that fired less often than planned; of those without a limit, those that never fired. */
  unfired(): string[] {
    return [...this.#pending]
      .filter(({ maxFirings, fired }) => maxFirings !== Number.POSITIVE_INFINITY || fired === 0)
      .map(
        ({ label, maxFirings, fired }) =>
          `${label}: fired ${fired === 0 ? 'never' : `${fired} of ${maxFirings} times`}`,
      );
  }
}
