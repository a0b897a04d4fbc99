import { EventEmitter } from 'eventemitter3';
import { describeError } from '../base/describe-error.js';
import { type Handle, makeHandle } from '../base/disposable.js';
import type { BusEvent } from '../events/bus-event.js';
import { type Fact, makeRecord } from './fact.js';
import type { RecordKind, RecordOf } from './record.js';

const accepted = Symbol('accepted');

/** Tells every record to those who asked for its kind. One of them that throws, or rejects, harms nobody. */
export class Observers {
  readonly #emitter = new EventEmitter<string | symbol>();

  observe<Kind extends RecordKind>(kind: Kind, observer: (record: RecordOf<Kind>) => void): Handle {
    let warned = false;
    const warn = (error: unknown) => {
      if (!warned) console.warn(`footbridge: an observer of "${kind}" failed: ${describeError(error)}`);
      warned = true;
    };
    const guarded = (record: RecordOf<Kind>) => {
      try {
        const result: unknown = observer(record);
        if (typeof result === 'object' && result !== null) new Promise((resolve) => resolve(result)).catch(warn);
      } catch (error) {
        warn(error);
      }
    };
    this.#emitter.on(kind, guarded);
    return makeHandle(() => this.#emitter.off(kind, guarded));
  }

  /** For the bridge itself: accepted events as they are, so that no record is made. */
  observeAccepted(observer: (event: BusEvent) => void): Handle {
    this.#emitter.on(accepted, observer);
    return makeHandle(() => this.#emitter.off(accepted, observer));
  }

  tell(fact: Fact, at: number): void {
    if (fact.kind === 'accepted') this.#emitter.emit(accepted, fact.event);
    if (this.#emitter.listenerCount(fact.kind) > 0) this.#emitter.emit(fact.kind, makeRecord(fact, at));
  }
}
