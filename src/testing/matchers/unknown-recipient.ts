import { nearestName, pluralize, sortByDistance } from '../../base/describe.js';
import type { Inspection } from '../../bridge/internals.js';

import type { Address } from '../../delivery/recipient.js';
import { anyEvent, type Expectation } from '../expectations/expectation.js';
import { paragraph, truncate, wasOrWere } from '../layout.js';
import { fail, type MatcherCall, type MatcherResult } from '../matcher-call.js';
import {
  arnDisplayName,
  arnName,
  displayNames,
  isQueueOf,
  type KnownRecipient,
  knownRecipients,
  matchesName,
  type WithTemplateSources,
} from '../recipient-name.js';
import { acceptedOn, factsOf, type Subject } from '../subject.js';
import { failWithoutHistory } from './undecided.js';

/*
 * Names that the bridge never had. Nothing can have happened to them, so that `.not` and a count of 0 would hold for every
 * misspelled name.
 */

/** Fails, with `.not` too, if the bridge keeps no history or the bus does not exist. */
export function failIfUnanswerable(
  call: MatcherCall,
  subject: Subject,
  expectation: Expectation = anyEvent,
): MatcherResult | undefined {
  if (!subject.isRecorded) return failWithoutHistory(call);
  const { bus } = subject;
  if (bus === undefined || subject.store.buses.get(bus) !== undefined || acceptedOn(subject).length > 0) {
    return undefined;
  }
  const dropped = factsOf(subject).filter(({ kind }) => kind === 'dropped').length;
  return fail(
    call,
    describeMissing('bus', bus, busNames(subject)),
    ...(dropped === 0 ? [] : [paragraph(`${pluralize(dropped, 'event')} sent to it ${wasOrWere(dropped)} dropped.`)]),
    ...describeOtherBuses(subject, expectation),
  );
}

/** For an assertion about one bus: names the other buses with events that match. */
export function describeOtherBuses(subject: Subject, expectation: Expectation, indent = ''): string[] {
  const { bus } = subject;
  if (bus === undefined) return [];
  const matching = acceptedOn({ ...subject, bus: undefined }).filter(
    ({ event }) => event.bus !== bus && expectation.matches(event),
  );
  if (matching.length === 0) return [];
  const others = [...new Set(matching.map(({ event }) => JSON.stringify(event.bus)))].slice(0, maxNamed);
  return [paragraph(`${pluralize(matching.length, 'event')} that would match came to ${others.join(', ')}.`, indent)];
}

/** Fails, with `.not` too, if the bridge never had a recipient of this name. */
export function failIfUnknownRecipient(call: MatcherCall, subject: Subject, name: string): MatcherResult | undefined {
  const everywhere = { ...subject, bus: undefined };
  const isNamed = (address: Address) => matchesName(subject, address, name);
  const { functions, logGroups, routes, citations, store } = subject;
  const exists =
    knownRecipients(everywhere).some(({ address }) => isNamed(address)) ||
    busNames(subject).some((bus) => bus === name || store.rules(bus).get(name) !== undefined) ||
    [...functions.keys(), ...existingQueues(subject), ...logGroups.arns].some(
      (arn) => arn === name || arnName(arn) === name,
    ) ||
    [...citations.values()].some(({ names }) => names.includes(name)) ||
    routes.gone.some(isNamed) ||
    factsOf(everywhere).some((fact) => 'delivery' in fact && isNamed(fact.delivery.recipient.address));
  return exists ? undefined : fail(call, describeMissingRecipient(subject, name));
}

/** Says why nothing can be delivered to this name, if the subject has no such recipient now. */
export function describeUnknownRecipient(subject: Subject, name: string): string | undefined {
  const { bus, store, functions } = subject;
  const isNamed = ({ address }: KnownRecipient) => matchesName(subject, address, name);
  if (knownRecipients(subject).some(isNamed)) return undefined;
  if (busNames(subject).some((one) => (bus === undefined || one === bus) && store.rules(one).get(name) !== undefined)) {
    return paragraph(`Rule ${name} has no targets. Add them with putTargets.`);
  }
  const elsewhere = knownRecipients({ ...subject, bus: undefined }).find(isNamed);
  if (elsewhere !== undefined) {
    return paragraph(
      `${JSON.stringify(name)} is on bus ${JSON.stringify(elsewhere.bus)}, not on bus ${JSON.stringify(bus)}.`,
    );
  }
  if ([...functions.keys()].some((arn) => arn === name || arnName(arn) === name)) {
    return paragraph(`${JSON.stringify(name)} has a handler, but no rule has it as a target. Add it with putTargets.`);
  }
  return describeMissingRecipient(subject, name);
}

/** Fails, with `.not` too, for the name of a queue that does not exist. */
export function failIfUnknownQueue(
  call: MatcherCall,
  subject: Subject,
  queue: string,
  more: () => readonly string[],
): MatcherResult | undefined {
  const arns = existingQueues(subject);
  if (arns.some((arn) => isQueueOf(subject, arn, queue))) return undefined;
  return fail(call, describeMissingQueue(subject, queue, arns), ...more());
}

/** `arns` are those of the queues that exist. */
export function describeMissingQueue(sources: WithTemplateSources, queue: string, arns: readonly string[]): string {
  return describeMissing('queue', queue, [...new Set(arns.map((arn) => arnDisplayName(sources, arn)))]);
}

/**
 * Returns the ARNs of the queues that hold a message, that a template names, or that are or were a target or a dead-letter queue.
 * `bridge.queue` returns any other queue too, but that stays empty: its name is a mistake.
 */
export function existingQueues(inspection: Inspection): readonly string[] {
  const { queues, citations } = inspection;
  const everywhere = { ...inspection, bus: undefined };
  const hasMessages = (arn: string) => queues.get(arn).messages.length > 0;
  const arnOf = (address: Address) => ('arn' in address ? [address.arn] : []);
  return [
    ...knownRecipients(everywhere).flatMap(({ address }) => arnOf(address)),
    ...deadLetterQueues(inspection),
    ...citations.keys(),
    ...queues.arns.filter(hasMessages),
    ...factsOf(everywhere).flatMap((fact) => [
      ...(fact.kind === 'dead-lettered' ? [fact.outcome.queue] : []),
      ...('delivery' in fact ? arnOf(fact.delivery.recipient.address) : []),
    ]),
  ].filter((arn) => arn.includes(':sqs:'));
}

/** Returns the ARNs of the targets' dead-letter queues. */
export function deadLetterQueues({ store }: Inspection): readonly string[] {
  const rules = Array.from(store.buses.values()).flatMap(({ Name }) => Array.from(store.rules(Name).values()));
  return rules.flatMap(({ Targets }) =>
    Targets.flatMap(({ DeadLetterConfig }) => (DeadLetterConfig?.Arn === undefined ? [] : [DeadLetterConfig.Arn])),
  );
}

function describeMissingRecipient(subject: Subject, name: string): string {
  const where = subject.bus === undefined ? '' : ` on bus ${JSON.stringify(subject.bus)}`;
  const names = new Set(knownRecipients(subject).flatMap(({ address }) => displayNames(subject, address)));
  return describeMissing('rule, target or subscription', name, [...names], where);
}

function busNames({ store }: Subject): readonly string[] {
  return Array.from(store.buses.values(), ({ Name }) => Name);
}

function describeMissing(what: string, name: string, names: readonly string[], where = ''): string {
  const missing = `There is no ${what} ${JSON.stringify(truncate(name, 80))}${where}`;
  return paragraph(
    names.length === 0 ? `${missing}. There are none.` : `${missing}. ${describeKnownNames(names, name)}`,
  );
}

const maxNamed = 10;

/** Lists the names that exist, the nearest first. */
function describeKnownNames(names: readonly string[], wrong: string): string {
  const name = wrong.startsWith('arn:') ? arnName(wrong) : wrong;
  const suggestion = nearestName(name, names);
  const others = sortByDistance(name, names).filter((one) => one !== suggestion);
  const shown = others.slice(0, maxNamed).map((one) => JSON.stringify(one));
  const more = names.length - (suggestion === undefined ? 0 : 1) - shown.length;
  const verb = shown.length === 1 && more === 0 ? 'is' : 'are';
  const also = suggestion === undefined ? '' : ' also';
  return [
    ...(suggestion === undefined ? [] : [`Did you mean ${JSON.stringify(suggestion)}?`]),
    ...(shown.length === 0 ? [] : [`There ${verb}${also} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`]),
  ].join(' ');
}
