import { asError, describeError } from '../base/describe.js';
import { escapeControls } from '../base/escape-controls.js';
import { ServiceError } from '../base/service-error.js';
import { busNotFound } from '../core/responses.js';
import type { RoutingPlan } from '../core/routing-plan.js';
import { type HistoryEntry, toRecord } from '../history/history-entry.js';
import type { HistoryRecord, RecordOf } from '../history/record.js';
import type { InvalidDetailFact } from './detail-validator.js';
import { describeKind, issueLines } from './invalid-detail-error.js';
import type { Settings, ViolationPolicy } from './options.js';

const maxRememberedCauses = 1000;

/** The fact that a delivery came to no good end. */
export type FailureEntry = Extract<HistoryEntry, { kind: 'failed' | 'dead-lettered' | 'function-error' }>;

/** Carries out what the options say about things that AWS passes over in silence, and remembers what was warned of. */
export class PolicyEnforcer {
  readonly #settings: Settings;
  readonly #warned = new Set<string>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The error that the call which an event came with is to throw, if any. */
  checkPlan({ event, routes }: RoutingPlan): Error | undefined {
    const { onUnknownBus, onUnmatchedEvent } = this.#settings;
    const { bus, fields } = event;
    if (routes === undefined) {
      return this.#judge(onUnknownBus, `dropped ${bus}`, { kind: 'dropped', event }, () => busNotFound(bus));
    }
    if (routes.length > 0) return undefined;
    const what = `Event ${JSON.stringify(fields['detail-type'])} from ${fields.source} on bus ${bus}`;
    return this.#judge(onUnmatchedEvent, what, { kind: 'unmatched', event, isRefused: false }, () => {
      return new ServiceError('UnmatchedEventException', `${what} matches no rule and no subscription.`);
    });
  }

  /** The error that a function of the options has thrown, if any. */
  checkDetail(fact: InvalidDetailFact): Error | undefined {
    const { onInvalidDetail } = this.#settings;
    const { source, detailType, issues } = fact;
    const message = `The detail of ${describeKind(source, detailType)} is not valid: ${issueLines(issues).join('; ')}`;
    return onInvalidDetail === 'error'
      ? undefined
      : this.#judge(onInvalidDetail, message, fact, () => new Error(message));
  }

  /** The error that the next `idle` or `close` is to reject with, if any. */
  checkFailure(fact: FailureEntry): Error | undefined {
    const { onUnhandledTarget, onFailedDelivery } = this.#settings;
    const { address } = fact.delivery.recipient;
    const to =
      address.kind === 'target' ? `${address.ruleArn} ${address.targetId}` : `subscription ${address.subscription}`;
    if (fact.kind === 'function-error') {
      const reason = describeError(fact.error);
      return this.#judge(onFailedDelivery, `${to} ${reason}`, fact, () => {
        return new Error(`The function threw: ${fact.delivery}: ${reason}`, { cause: fact.error });
      });
    }
    const { errorCode, errorMessage, error, reason, hint } = fact.outcome.failure;
    // What lies in a dead-letter queue has arrived where somebody wanted it.
    if (reason === 'cancelled' || (fact.kind === 'dead-lettered' && reason !== 'unhandled')) return undefined;
    const strictness = (
      reason === 'unhandled' ? onUnhandledTarget : onFailedDelivery
    ) as ViolationPolicy<HistoryRecord>;
    // AWS's sentences have a request id, which is different each time.
    const cause = `${to} ${errorCode} ${errorMessage.replace(/[0-9a-f-]{32,36}/g, '')}`;
    return this.#judge(strictness, cause, fact, () => {
      const why = hint === undefined ? errorMessage : `${errorMessage} ${hint}`;
      return new Error(`Delivery failed: ${fact.delivery}: ${errorCode}: ${why}`, { cause: error });
    });
  }

  #judge<Kind extends HistoryEntry['kind']>(
    strictness: ViolationPolicy<RecordOf<Kind>>,
    cause: string,
    fact: Extract<HistoryEntry, { kind: Kind }>,
    makeError: () => Error,
  ): Error | undefined {
    if (strictness === 'ignore') return undefined;
    if (strictness === 'error') return makeError();
    if (strictness === 'warn') {
      this.#warn(cause, makeError().message);
      return undefined;
    }
    try {
      const result: unknown = strictness(toRecord(fact, this.#settings.clock.now()) as RecordOf<Kind>);
      if (typeof result === 'object' && result !== null) this.#warnIfRejected(result);
      return undefined;
    } catch (error) {
      return asError(error);
    }
  }

  /** Too late to be thrown by a call. */
  #warnIfRejected(result: object): void {
    new Promise((resolve) => resolve(result)).catch((error: unknown) => {
      const message = `a function of the options rejected: ${describeError(error)}`;
      this.#warn(message, message);
    });
  }

  #warn(cause: string, message: string): void {
    if (this.#warned.has(cause)) return;
    // A cause may hold a message that is never the same twice: better to repeat oneself than to grow for ever.
    if (this.#warned.size >= maxRememberedCauses) this.#warned.clear();
    this.#warned.add(cause);
    console.warn(escapeControls(`footbridge: ${message}`));
  }
}

const maxKept = 100;

/** What the next `idle`, `drain` or `close` rejects with: of more than a hundred errors the first, and the count of the others. */
export class DeferredErrors {
  #errors: Error[] = [];
  #count = 0;

  add(error: Error): void {
    this.#count++;
    if (this.#errors.length < maxKept) this.#errors.push(error);
  }

  /** Does what no call is there to throw an error for. Also console.warn throws, as test set-ups make it. */
  capture(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.add(asError(error));
    }
  }

  /** Throws what has gathered, and forgets it. */
  throwAll(): void {
    const errors = this.#errors;
    const count = this.#count;
    this.#errors = [];
    this.#count = 0;
    if (count === 1) throw errors[0];
    if (count === 0) return;
    const more = count > errors.length ? [`and ${count - errors.length} more`] : [];
    const lines = [`${count} deliveries failed:`, ...errors.map(({ message }) => message), ...more];
    throw new AggregateError(errors, lines.join('\n  '));
  }
}
