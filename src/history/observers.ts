import { EventEmitter } from 'eventemitter3';
import { nextTurn } from '../base/clock/real-timers.js';
import { describeError } from '../base/describe.js';
import { createDisposable, type DisposableHandle } from '../base/disposable.js';
import { escapeControls } from '../base/escape-controls.js';
import { ServiceError } from '../base/service-error.js';
import type { BusEvent } from '../events/bus-event.js';
import { type HistoryEntry, toRecord } from './history-entry.js';
import { type RecordKind, type RecordOf, recordKinds } from './record.js';

const accepted = Symbol('accepted');
const maxDepth = 20;

/** Notifies observers of records. An observer that throws or rejects does not affect others; the error is logged once. */
export class Observers {
  readonly #emitter = new EventEmitter<string | symbol>();
  #depth = 0;
  #deferred: [HistoryEntry, number][] = [];

  /** Throws ValidationException for an unknown kind. */
  observe<Kind extends RecordKind>(kind: Kind, observer: (record: RecordOf<Kind>) => void): DisposableHandle {
    if (!recordKinds.includes(kind)) throw invalid(`The kinds of records to observe are ${recordKinds.join(', ')}.`);
    if (typeof observer !== 'function') throw invalid('An observer must be a function.');
    let warned = false;
    const warn = (error: unknown) => {
      if (warned) return;
      warned = true;
      try {
        console.warn(escapeControls(`footbridge: an observer of "${kind}" failed: ${describeError(error)}`));
      } catch {
        // Some test setups make console.warn throw; that must not affect what is observed.
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
    return createDisposable(() => this.#emitter.off(kind, guarded));
  }

  /** Observes accepted events without making records. For the bridge itself. */
  onAccepted(observer: (event: BusEvent) => void): DisposableHandle {
    this.#emitter.on(accepted, observer);
    return createDisposable(() => this.#emitter.off(accepted, observer));
  }

  /** Whether deferred notifications are pending. */
  get hasBacklog(): boolean {
    return this.#deferred.length > 0;
  }

  notify(historyEntry: HistoryEntry, at: number): void {
    if (historyEntry.kind === 'accepted') this.#emitter.emit(accepted, historyEntry.event);
    if (this.#emitter.listenerCount(historyEntry.kind) === 0) return;
    // An observer may publish, which notifies it again: deferring keeps an endless loop from exhausting the stack.
    if (this.#depth < maxDepth && this.#deferred.length === 0) this.#emit(historyEntry, at);
    else if (this.#deferred.push([historyEntry, at]) === 1) nextTurn(this.#notifyDeferred);
  }

  #emit(historyEntry: HistoryEntry, at: number): void {
    this.#depth++;
    this.#emitter.emit(historyEntry.kind, toRecord(historyEntry, at));
    this.#depth--;
  }

  readonly #notifyDeferred = (): void => {
    const now = this.#deferred;
    this.#deferred = [];
    for (const [historyEntry, at] of now) this.#emit(historyEntry, at);
  };
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
