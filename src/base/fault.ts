import { type DisposableHandle, dispose } from './disposable.js';

/** Something that goes wrong on purpose, until it has gone wrong as often as it was to, or is disposed. */
export interface Fault extends DisposableHandle {
  /** How often it has fired. */
  readonly fired: number;
}

interface PendingFault<Spec> {
  readonly spec: Spec;
  readonly label: string;
  readonly maxFirings: number;
  fired: number;
}

/** Faults that wait to fire, the one that was asked for first before the others. */
export class FaultList<Spec> {
  readonly #pending = new Set<PendingFault<Spec>>();

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  /** `label` says in messages what it is; it fires at most so often, which may be Infinity. */
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

  /** Fires the first fault that fits. */
  fire(matches: (spec: Spec) => boolean): Spec | undefined {
    for (const pending of this.#pending) {
      if (!matches(pending.spec)) continue;
      if (++pending.fired >= pending.maxFirings) this.#pending.delete(pending);
      return pending.spec;
    }
    return undefined;
  }

  /** Calls back with each fault, which fires if the answer is true. */
  fireAll(shouldFire: (spec: Spec) => boolean): void {
    for (const pending of this.#pending) {
      if (shouldFire(pending.spec) && ++pending.fired >= pending.maxFirings) this.#pending.delete(pending);
    }
  }

  /** What has not fired as often as it was to; of those without a limit, those that have not fired at all. */
  unfired(): string[] {
    return [...this.#pending]
      .filter(({ maxFirings, fired }) => maxFirings !== Number.POSITIVE_INFINITY || fired === 0)
      .map(
        ({ label, maxFirings, fired }) =>
          `${label}: fired ${fired === 0 ? 'never' : `${fired} of ${maxFirings} times`}`,
      );
  }
}
