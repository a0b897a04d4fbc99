import { EventEmitter } from 'eventemitter3';
import { nextTurn } from '../base/clock/real-timers.js';
import { describeError } from '../base/describe.js';
import { type Handle, makeHandle } from '../base/disposable.js';
import { escapeControls } from '../base/escape-controls.js';
import { ServiceError } from '../base/service-error.js';
import type { BusEvent } from '../events/bus-event.js';
import { type Fact, makeRecord } from './fact.js';
import { type RecordKind, type RecordOf, recordKinds } from './record.js';

const accepted = Symbol('accepted');
const deepest = 20;

/** Tells every record to those who asked for its kind. One of them that throws, or rejects, harms nobody. */
export class Observers {
  readonly #emitter = new EventEmitter<string | symbol>();
  #depth = 0;
  #later: [Fact, number][] = [];

  /** Throws a ValidationException for a kind that there is not. */
  observe<Kind extends RecordKind>(kind: Kind, observer: (record: RecordOf<Kind>) => void): Handle {
    if (!recordKinds.includes(kind)) throw invalid(`The kinds of records to observe are ${recordKinds.join(', ')}.`);
    if (typeof observer !== 'function') throw invalid('An observer must be a function.');
    let warned = false;
    const warn = (error: unknown) => {
      if (warned) return;
      warned = true;
      try {
        console.warn(escapeControls(`footbridge: an observer of "${kind}" failed: ${describeError(error)}`));
      } catch {
        // Test set-ups make console.warn throw; what is observed must not suffer from that.
      }
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

  /** Whether something is still to be told. */
  get isBehind(): boolean {
    return this.#later.length > 0;
  }

  tell(fact: Fact, at: number): void {
    if (fact.kind === 'accepted') this.#emitter.emit(accepted, fact.event);
    if (this.#emitter.listenerCount(fact.kind) === 0) return;
    // An observer that publishes is told of that too: without this an endless round would exhaust the stack.
    if (this.#depth < deepest && this.#later.length === 0) this.#emit(fact, at);
    else if (this.#later.push([fact, at]) === 1) nextTurn(this.#tellLater);
  }

  #emit(fact: Fact, at: number): void {
    this.#depth++;
    this.#emitter.emit(fact.kind, makeRecord(fact, at));
    this.#depth--;
  }

  readonly #tellLater = (): void => {
    const now = this.#later;
    this.#later = [];
    for (const [fact, at] of now) this.#emit(fact, at);
  };
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
