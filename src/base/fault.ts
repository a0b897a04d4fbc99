import { dispose, type Handle } from './disposable.js';

/** Something that goes wrong on purpose, until it has gone wrong as often as it was to, or is disposed. */
export interface Fault extends Handle {
  /** How often it has fired. */
  readonly fired: number;
}

interface Planned<Plan> {
  readonly plan: Plan;
  readonly label: string;
  readonly most: number;
  fired: number;
}

/** Faults that wait to fire, the one that was asked for first before the others. */
export class FaultList<Plan> {
  readonly #planned = new Set<Planned<Plan>>();

  get isEmpty(): boolean {
    return this.#planned.size === 0;
  }

  /** `label` says in messages what it is; it fires at most so often, which may be Infinity. */
  add(plan: Plan, label: string, most: number): Fault {
    const planned = { plan, label, most, fired: 0 };
    this.#planned.add(planned);
    const end = () => {
      this.#planned.delete(planned);
    };
    return {
      get fired() {
        return planned.fired;
      },
      dispose: end,
      [dispose]: end,
    };
  }

  has(fits: (plan: Plan) => boolean): boolean {
    for (const { plan } of this.#planned) if (fits(plan)) return true;
    return false;
  }

  /** Fires the first fault that fits. */
  fire(fits: (plan: Plan) => boolean): Plan | undefined {
    for (const planned of this.#planned) {
      if (!fits(planned.plan)) continue;
      if (++planned.fired >= planned.most) this.#planned.delete(planned);
      return planned.plan;
    }
    return undefined;
  }

  /** Calls back with each fault, which fires if the answer is true. */
  fireAll(isHit: (plan: Plan) => boolean): void {
    for (const planned of this.#planned) {
      if (isHit(planned.plan) && ++planned.fired >= planned.most) this.#planned.delete(planned);
    }
  }

  /** What has not fired as often as it was to; of those without a limit, those that have not fired at all. */
  leftOver(): string[] {
    return [...this.#planned]
      .filter(({ most, fired }) => most !== Number.POSITIVE_INFINITY || fired === 0)
      .map(({ label, most, fired }) => `${label}: fired ${fired === 0 ? 'never' : `${fired} of ${most} times`}`);
  }
}
