import { describeError } from '../base/describe.js';
import { type Fault, FaultList } from '../base/fault.js';
import { invalid, ServiceError } from '../base/service-error.js';
import type { EntryDecision, EntryInterceptor } from '../core/plugin.js';

import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { EntryError } from '../events/validate-entry.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { PatternTest } from '../patterns/reference/compile-pattern.js';

/** How PutEvents goes wrong. */
export interface PutEventsFault {
  /**
   * The error code: of an entry, or where none is named, of the whole call. Those that AWS documents for entries are
   * `ThrottlingException`, `InternalFailure`, `AccessDeniedException`, `InvalidAccountIdException`, `InvalidArgument`,
   * `MalformedDetail`, `RedactionFailure`, `NotAuthorizedForSourceException` and `NotAuthorizedForDetailTypeException`; for
   * the call `InternalException`, and those that all its APIs share, such as `ThrottlingException` or `ServiceUnavailable`.
   * What begins with `Internal` is answered with HTTP status 500, `ServiceUnavailable` with 503, anything else with 400.
   */
  readonly code: string;
  /** The sentence beside it. Footbridge's own: those of AWS were not recorded. */
  readonly message?: string | undefined;
  /**
   * Which entries of a call fail: the one at this place (from 0), those whose event matches a pattern, or those for which
   * the function answers true. If absent, the whole call is refused.
   */
  readonly entry?: number | string | object | ((entry: PutEventsRequestEntry, index: number) => boolean) | undefined;
  /** In how many calls at most. No bound: until the fault is disposed. */
  readonly calls?: number | undefined;
}

type Fits = (entry: PutEventsRequestEntry, index: number, event: BusEvent) => boolean;

interface Plan {
  readonly issue: EntryError;
  /** Absent for the whole call. */
  readonly fits: Fits | undefined;
}

/** What a call that was decided entry by entry is made to say instead. */
export class PutEventsFaults implements EntryInterceptor {
  readonly #list = new FaultList<Plan>();

  /** Throws InvalidEventPatternException; all else was checked before. */
  add({ code, message = `${code}, by a fault.`, entry, calls = Number.POSITIVE_INFINITY }: PutEventsFault): Fault {
    const plan = { issue: { ErrorCode: code, ErrorMessage: message }, fits: fitsOf(entry) };
    const place = typeof entry === 'number' ? `entry ${entry}` : entry === undefined ? 'the whole call' : 'entries';
    return this.#list.add(plan, `putEvents, ${place}, ${code}`, calls);
  }

  /** Throws the ServiceError that the whole call is to fail with. */
  beforeCall(): void {
    if (this.#list.isEmpty) return;
    const plan = this.#list.fire(({ fits }) => fits === undefined);
    if (plan === undefined) return;
    const { ErrorCode, ErrorMessage } = plan.issue;
    throw new ServiceError(ErrorCode, ErrorMessage, statusOf(ErrorCode));
  }

  /** Puts an issue in the place of what was decided: each fault fires once for all good entries that it fits in the call. */
  injectErrors(entries: readonly PutEventsRequestEntry[], decisions: EntryDecision[]): void {
    if (this.#list.isEmpty) return;
    this.#list.fireAll(({ fits, issue }) => {
      if (fits === undefined) return false;
      let fired = false;
      for (const [index, entry] of entries.entries()) {
        const decision = decisions[index];
        if (decision?.kind !== 'accepted' || !fits(entry, index, decision.plan.event)) continue;
        decisions[index] = { kind: 'rejected', issue };
        fired = true;
      }
      return fired;
    });
  }

  unfired(): string[] {
    return this.#list.unfired();
  }
}

/** As the common errors of AWS's APIs have it. */
function statusOf(code: string): 400 | 500 | 503 {
  if (code.startsWith('ServiceUnavailable')) return 503;
  return code.startsWith('Internal') ? 500 : 400;
}

function fitsOf(entry: PutEventsFault['entry']): Fits | undefined {
  if (entry === undefined) return undefined;
  if (typeof entry === 'number') return (_, index) => index === entry;
  if (typeof entry === 'function') {
    return (given, index) => {
      try {
        return (entry as (entry: PutEventsRequestEntry, index: number) => boolean)(given, index) === true;
      } catch (error) {
        throw invalid(`faults.putEvents: entry() threw ${describeError(error)}.`);
      }
    };
  }
  const test = new PatternTest(requirePattern(entry));
  return (_given, _index, event) => test.matches(event.fields, event.detail);
}
