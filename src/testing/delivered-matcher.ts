import { describeValue, isArray } from '../base/unknown-value.js';
import type { Delivery } from '../delivery/delivery.js';
import { envelopeMembers } from '../events/envelope.js';
import type { DeliveryFact } from '../history/fact.js';
import { assertFailures, type FailureRecord } from './asserted-failures.js';
import { compareValues } from './compare-values.js';
import { deliveriesOf, deliveryWay, isFor, otherWay, type Way } from './event-way.js';
import { describeForeign } from './foreign-value.js';
import { cut, paragraph } from './layout.js';
import {
  type Call,
  failing,
  holding,
  type MatcherContext,
  type MatcherResult,
  makeCall,
  misuse,
  showArgument,
} from './matcher.js';
import { describeNearest, describeRejected } from './nearest-events.js';
import { describeWaiting, notAnyMore, notYet } from './pending.js';
import { showValue } from './plain-values.js';
import { isNamed, knownRecipients } from './recipient-name.js';
import { describeStranger, unanswerable, unknownRecipient } from './stranger.js';
import { acceptedOn, type Received, readSubject, type Subject } from './subject.js';
import { anyEvent } from './wanted.js';
import { wantedPattern } from './wanted-pattern.js';

/** What a delivery must be like to count. */
export interface DeliveredOptions {
  /** A pattern for its event. */
  readonly event?: string | object | undefined;
  /**
   * What the target received, parsed where it is JSON: an object must have these members and may have others, an array and a
   * text must be equal. Asymmetric matchers are allowed everywhere.
   */
  readonly payload?: unknown;
  /** How many such deliveries there were, exactly. At least one if absent. */
  readonly times?: number | undefined;
}

export function toHaveDeliveredTo(
  this: MatcherContext,
  received: unknown,
  ruleOrTarget: string,
  options: DeliveredOptions = {},
): MatcherResult {
  const subject = readSubject('toHaveDeliveredTo', received);
  const call = makeCall(this, 'toHaveDeliveredTo', subject.expression, showArgument(ruleOrTarget, 'name'));
  const { name, times } = readArguments(call, ruleOrTarget, options);
  const wanted = options.event === undefined ? anyEvent : wantedPattern(call, options.event);
  const unable = unanswerable(call, subject, wanted) ?? unknownRecipient(call, subject, name);
  if (unable !== undefined) return unable;
  const mismatch = (delivery: Delivery) => payloadMismatch(call, delivery, options);
  const deliveries = deliveriesOf(subject);
  const concerns = (delivery: Delivery) => isFor(subject, delivery, name) && wanted.fits(delivery.event);
  const concerned = [...deliveries].filter(([delivery]) => concerns(delivery));
  const good = concerned
    .filter(([delivery, facts]) => facts.some(({ kind }) => kind === 'delivered') && mismatch(delivery) === undefined)
    .map(([{ event }]) => event);
  const isWanted = times === undefined ? good.length > 0 : good.length === times;
  const isUnderWay = subject.inFlight.pending.inFlight.some(concerns);
  const pending = () => notYet(call, subject, { name, concerns });
  // Of what is asserted not to have arrived the failure is no surprise.
  if (call.isNot) assertFailures(subject, (record) => nameFits(subject, record, name));
  if (isWanted !== call.isNot) {
    if (call.isNot ? good.length >= (times ?? 1) : times === undefined) return holding(call);
    // An absence: whatever is in flight may lead to it. A number: what is on its way there.
    const unsure = call.isNot || times === 0 || isUnderWay ? pending() : undefined;
    return unsure ?? notAnyMore(call, subject) ?? holding(call);
  }
  if (call.isNot) return failing(call, describeGood(good.length, name));
  if (isUnderWay && good.length < (times ?? 1)) return pending() ?? holding(call);
  if (good.length > 0) return failing(call, `${describeGood(good.length, name)} Wanted ${times}.`);
  const stranger = concerned.length > 0 ? undefined : describeStranger(subject, name);
  if (stranger !== undefined) return failing(call, stranger);
  const accepted = acceptedOn(subject);
  const fitting = accepted.filter(({ event }) => wanted.fits(event));
  if (fitting.length === 0) return failing(call, ...describeNearest(subject, wanted, accepted));
  return failing(
    call,
    farthest(subject, name, fitting, concerned, mismatch).describe(),
    ...describeRejected(subject),
    ...describeWaiting(subject.inFlight.pending.waiting.filter(concerns).length),
  );
}

const mostCompared = 100;

/** The way of the event that got nearest to who is meant. */
function farthest(
  subject: Subject,
  name: string,
  fitting: readonly Received[],
  concerned: readonly (readonly [Delivery, readonly DeliveryFact[]])[],
  mismatch: (delivery: Delivery) => string | undefined,
): Way {
  const made = concerned.flatMap(([delivery, facts]) => {
    const received = fitting.find(({ event }) => event === delivery.event);
    if (received === undefined) return [];
    const isDelivered = facts.some(({ kind }) => kind === 'delivered');
    return [deliveryWay(subject, received, delivery, facts, isDelivered ? mismatch(delivery) : undefined)];
  });
  const known = knownRecipients(subject).filter(({ address }) => isNamed(subject, address, name));
  const others = fitting
    .slice(-mostCompared)
    .flatMap((received) => known.map((recipient) => otherWay(subject, received, recipient)));
  return (made.length > 0 ? made : others).reduce((best, way) => (way.reached > best.reached ? way : best));
}

function readArguments(
  call: Call,
  name: unknown,
  options: unknown,
): { readonly name: string; readonly times: number | undefined } {
  if (typeof name !== 'string' || name === '') {
    throw misuse(
      call,
      paragraph(
        `This takes the name of a rule, target or subscription, or an ARN, but was given ${describeValue(name)}.`,
      ),
    );
  }
  if (typeof options !== 'object' || options === null || isArray(options)) {
    throw misuse(call, `The options must be an object, but are ${describeValue(options)}.`);
  }
  const unknown = Object.keys(options).find((member) => !['event', 'payload', 'times'].includes(member));
  if (unknown !== undefined) {
    const meant = envelopeMembers.includes(unknown) ? ' A pattern for its event is given as `{ event: pattern }`.' : '';
    throw misuse(call, paragraph(`There is no option ${cut(unknown, 40)}; there are event, payload, times.${meant}`));
  }
  const { times, payload } = options as DeliveredOptions;
  const foreign = describeForeign(payload);
  if (foreign !== undefined) throw misuse(call, paragraph(`In the payload: ${foreign}`));
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw misuse(call, `times must be a whole number, 0 or more, but is ${showValue(times)}.`);
  }
  return { name, times };
}

function payloadMismatch({ equals }: Call, { body }: Delivery, options: DeliveredOptions): string | undefined {
  if (!('payload' in options) || options.payload === undefined) return undefined;
  if (body.kind === 'failed') return body.errorMessage;
  if (options.payload === body.text) return undefined;
  const [first] = compareValues(parsed(body.text), options.payload, equals);
  return first?.message;
}

/** An input need not be JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeGood(number: number, name: string): string {
  const what = number === 1 ? 'There was 1 delivery' : `There were ${number} deliveries`;
  return paragraph(`${what} to ${JSON.stringify(name)} of this kind.`);
}

function nameFits(
  subject: Subject,
  { bus, rule = '', targetId = '', arn = '', subscription }: FailureRecord,
  name: string,
): boolean {
  if (subscription !== undefined) return subscription === name;
  const { Arn: ruleArn = '' } = (subject.store.buses.get(bus) && subject.store.rules(bus).get(rule)) ?? {};
  return isNamed(subject, { kind: 'target', rule, ruleArn, targetId, arn }, name);
}
