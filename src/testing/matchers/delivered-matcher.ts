import { describeValue, isArray } from '../../base/unknown-value.js';
import type { Delivery } from '../../delivery/delivery.js';
import { envelopeMembers } from '../../events/envelope.js';
import type { DeliveryEntry } from '../../history/history-entry.js';
import { type FailureRecord, markAsserted } from '../asserted-failures.js';
import { compareValues } from '../expectations/compare-values.js';
import { anyEvent, expectPattern } from '../expectations/expectation.js';
import { describeNonJson, formatValue } from '../expectations/plain-values.js';
import { deliveries as formatDeliveries, paragraph, wasOrWere } from '../layout.js';
import {
  createMatcherCall,
  fail,
  formatArgument,
  type MatcherCall,
  type MatcherContext,
  type MatcherResult,
  pass,
  usageError,
} from '../matcher-call.js';
import { knownRecipients, matchesName } from '../recipient-name.js';
import { acceptedOn, type Received, readSubject, type Subject } from '../subject.js';
import {
  type DeliveryProgress,
  deliveriesOf,
  isDelivered,
  progressOf,
  progressWithoutDelivery,
} from './delivery-progress.js';
import { describeNearest, describeRejected } from './nearest-events.js';
import { unknownOption } from './received-options.js';
import { describeWaitingRetries, failIfEvicted, failIfInFlight } from './undecided.js';
import { describeUnknownRecipient, failIfUnanswerable, failIfUnknownRecipient } from './unknown-recipient.js';

/** Which deliveries count, and how many there must be. */
export interface DeliveredOptions {
  /** Counts only deliveries of events that match this pattern. */
  readonly event?: string | object | undefined;
  /**
   * Counts only deliveries of this input, parsed if it is JSON. An object must have these members and may have others; arrays and
   * strings must be equal. Asymmetric matchers may be used at any depth.
   */
  readonly payload?: unknown;
  /**
   * The exact number of deliveries.
   *
   * @defaultValue at least one
   */
  readonly times?: number | undefined;
}

const optionNames: readonly (keyof DeliveredOptions)[] = ['event', 'payload', 'times'];

export function toHaveDeliveredTo(
  this: MatcherContext,
  received: unknown,
  ruleOrTarget: string,
  options: DeliveredOptions = {},
): MatcherResult {
  const subject = readSubject('toHaveDeliveredTo', received);
  const call = createMatcherCall(this, 'toHaveDeliveredTo', subject.expression, formatArgument(ruleOrTarget, 'name'));
  const { name, times } = readArguments(call, ruleOrTarget, options);
  const expectation = options.event === undefined ? anyEvent : expectPattern(call, options.event);
  const unanswerable = failIfUnanswerable(call, subject, expectation) ?? failIfUnknownRecipient(call, subject, name);
  if (unanswerable !== undefined) return unanswerable;
  const concerns = ({ recipient, event }: Delivery) =>
    matchesName(subject, recipient.address, name) && expectation.matches(event);
  const concerned = [...deliveriesOf(subject)].filter(([delivery]) => concerns(delivery));
  const number = concerned.filter(
    ([delivery, facts]) => isDelivered(facts) && payloadMismatch(delivery, options) === undefined,
  ).length;
  const isExpected = times === undefined ? number > 0 : number === times;
  const isPending = subject.inFlight.pending.inFlight.some(concerns);
  const undecided = () => failIfInFlight(call, subject, { name, concerns });
  // The test expects that it was not delivered, so it knows of the failure.
  if (call.isNot) markAsserted(subject, (record) => isFailureOf(subject, record, name));
  if (isExpected !== call.isNot) {
    if (call.isNot ? number >= (times ?? 1) : times === undefined) return pass(call);
    // Anything in flight may still lead to a delivery; a count can only be changed by deliveries that exist.
    const early = call.isNot || times === 0 || isPending ? undecided() : undefined;
    return early ?? failIfEvicted(call, subject) ?? pass(call);
  }
  if (call.isNot) return fail(call, describeDelivered(number, name));
  if (isPending && number < (times ?? 1)) return undecided() ?? pass(call);
  if (number > 0) return fail(call, `${describeDelivered(number, name)} Wanted ${times}.`);
  const unknown = concerned.length > 0 ? undefined : describeUnknownRecipient(subject, name);
  if (unknown !== undefined) return fail(call, unknown);
  const accepted = acceptedOn(subject);
  const matching = accepted.filter(({ event }) => expectation.matches(event));
  if (matching.length === 0) return fail(call, ...describeNearest(subject, expectation, accepted));
  return fail(
    call,
    furthest(subject, name, matching, concerned, options).describe(),
    ...describeRejected(subject),
    ...describeWaitingRetries(subject.inFlight.pending.waiting.filter(concerns).length),
  );
}

const maxCompared = 100;

/** Returns the progress of the event that got furthest towards the recipient. */
function furthest(
  subject: Subject,
  name: string,
  matching: readonly Received[],
  concerned: readonly (readonly [Delivery, readonly DeliveryEntry[]])[],
  options: DeliveredOptions,
): DeliveryProgress {
  const withDelivery = concerned.flatMap(([delivery, facts]) => {
    const received = matching.find(({ event }) => event === delivery.event);
    if (received === undefined) return [];
    const mismatch = isDelivered(facts) ? payloadMismatch(delivery, options) : undefined;
    return [progressOf(subject, received, delivery, facts, mismatch)];
  });
  const known = knownRecipients(subject).filter(({ address }) => matchesName(subject, address, name));
  const without = matching
    .slice(-maxCompared)
    .flatMap((received) => known.map((recipient) => progressWithoutDelivery(subject, received, recipient)));
  return (withDelivery.length > 0 ? withDelivery : without).reduce((best, other) =>
    other.stage > best.stage ? other : best,
  );
}

function readArguments(
  call: MatcherCall,
  name: unknown,
  options: unknown,
): { readonly name: string; readonly times: number | undefined } {
  if (typeof name !== 'string' || name === '') {
    throw usageError(
      call,
      paragraph(
        `This takes the name of a rule, target or subscription, or an ARN, but was given ${describeValue(name)}.`,
      ),
    );
  }
  if (typeof options !== 'object' || options === null || isArray(options)) {
    throw usageError(call, `The options must be an object, but are ${describeValue(options)}.`);
  }
  const unknown = Object.keys(options).find((member) => !(optionNames as readonly string[]).includes(member));
  if (unknown !== undefined) {
    const advice = envelopeMembers.includes(unknown) ? ' For a pattern use `{ event: pattern }`.' : '';
    throw usageError(call, unknownOption(unknown, optionNames, advice));
  }
  const { times, payload } = options as DeliveredOptions;
  const mistake = describeNonJson(payload);
  if (mistake !== undefined) throw usageError(call, paragraph(`In the payload: ${mistake}`));
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw usageError(call, `times must be a whole number, 0 or more, but is ${formatValue(times)}.`);
  }
  return { name, times };
}

function payloadMismatch({ body }: Delivery, options: DeliveredOptions): string | undefined {
  if (!('payload' in options) || options.payload === undefined) return undefined;
  if (body.kind === 'failed') return body.hint ?? body.errorMessage;
  if (options.payload === body.text) return undefined;
  const [first] = compareValues(parseInput(body.text), options.payload);
  return first?.message;
}

/** A target's input is not always JSON. */
function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeDelivered(number: number, name: string): string {
  return paragraph(`There ${wasOrWere(number)} ${formatDeliveries(number)} to ${JSON.stringify(name)} of this kind.`);
}

function isFailureOf(
  subject: Subject,
  { bus, rule = '', targetId = '', arn = '', subscription }: FailureRecord,
  name: string,
): boolean {
  if (subscription !== undefined) return subscription === name;
  const { Arn: ruleArn = '' } = (subject.store.buses.get(bus) && subject.store.rules(bus).get(rule)) ?? {};
  return matchesName(subject, { kind: 'target', rule, ruleArn, targetId, arn }, name);
}
