import type { Delivery } from './delivery.js';
import type { Gate } from './gate.js';

/** Deliveries that wait at the gates of their handlers, and all that goes in and out there. */
export class Parked {
  readonly #callIn: (delivery: Delivery) => void;
  readonly #parked = new Set<Delivery>();

  /** `callIn` is called with a delivery whose turn it is, and which is inside from then on. */
  constructor(callIn: (delivery: Delivery) => void) {
    this.#callIn = callIn;
  }

  get size(): number {
    return this.#parked.size;
  }

  list(): Delivery[] {
    return [...this.#parked];
  }

  /** False if the gate holds the delivery back. */
  enter(delivery: Delivery, gate: Gate | undefined): boolean {
    if (delivery.gate === gate) return true;
    // Called in by the gate of a handler that was replaced since.
    this.leave(delivery);
    if (gate?.enter(() => this.#goIn(delivery, gate)) === false) {
      this.#parked.add(delivery);
      return false;
    }
    delivery.gate = gate;
    return true;
  }

  leave(delivery: Delivery): void {
    const { gate } = delivery;
    delivery.gate = undefined;
    gate?.leave();
  }

  /** False for one that ended while it was parked: it leaves its place to the next. */
  #goIn(delivery: Delivery, gate: Gate): boolean {
    if (!this.#parked.delete(delivery)) return false;
    delivery.gate = gate;
    this.#callIn(delivery);
    return true;
  }

  /** Takes out those that are wanted, in their order. */
  take(isWanted: (delivery: Delivery) => boolean = () => true): Delivery[] {
    const taken = this.list().filter(isWanted);
    for (const delivery of taken) this.#parked.delete(delivery);
    return taken;
  }
}
