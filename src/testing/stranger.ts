import { nearestFirst, nearestName } from '../base/describe.js';
import type { Address } from '../delivery/recipient.js';
import { count, cut, paragraph } from './layout.js';
import { type Call, failing, type MatcherResult } from './matcher.js';
import { unrecorded } from './pending.js';
import { isNamed, isQueueOf, knownRecipients, nameInArn, nameOfArn, namesOf } from './recipient-name.js';
import { acceptedOn, factsOf, type Subject } from './subject.js';
import { anyEvent, type Wanted } from './wanted.js';

/**
 * What is asserted of nobody: a name that nothing on the bridge has. Nothing can have happened to it, so that `.not` and a
 * number of 0 would hold of each misspelt name.
 */

/** Fails, also with `.not`, where nothing can be said of the subject: its bridge keeps no history, or there is no such bus. */
export function unanswerable(call: Call, subject: Subject, wanted: Wanted = anyEvent): MatcherResult | undefined {
  if (!subject.isRecorded) return unrecorded(call);
  const { bus } = subject;
  if (bus === undefined || subject.store.buses.get(bus) !== undefined || acceptedOn(subject).length > 0) {
    return undefined;
  }
  const dropped = factsOf(subject).filter(({ kind }) => kind === 'dropped').length;
  return failing(
    call,
    describeAbsence('bus', bus, busNames(subject)),
    ...(dropped === 0
      ? []
      : [paragraph(`${count(dropped, 'event')} sent to it ${dropped === 1 ? 'was' : 'were'} dropped.`)]),
    ...describeElsewhere(subject, wanted),
  );
}

/** Of an assertion about one bus: the events on others that fit. */
export function describeElsewhere(subject: Subject, wanted: Wanted, indent = ''): string[] {
  const { bus } = subject;
  if (bus === undefined) return [];
  const fitting = acceptedOn({ ...subject, bus: undefined }).filter(
    ({ event }) => event.bus !== bus && wanted.fits(event),
  );
  if (fitting.length === 0) return [];
  const others = [...new Set(fitting.map(({ event }) => JSON.stringify(event.bus)))].slice(0, mostNamed);
  return [paragraph(`${count(fitting.length, 'event')} that would match came to ${others.join(', ')}.`, indent)];
}

/** Fails, also with `.not`, for the name of a recipient that nothing on the bridge has or had. */
export function unknownRecipient(call: Call, subject: Subject, name: string): MatcherResult | undefined {
  const everywhere = { ...subject, bus: undefined };
  const isMeant = (address: Address) => isNamed(subject, address, name);
  if (knownRecipients(everywhere).some(({ address }) => isMeant(address))) return undefined;
  if (busNames(subject).some((bus) => bus === name || subject.store.rules(bus).get(name) !== undefined)) {
    return undefined;
  }
  const { functions, queues, logGroups, routes, citations } = subject;
  if ([...functions.keys(), ...queues.arns, ...logGroups.arns].some((arn) => arn === name || nameInArn(arn) === name))
    return undefined;
  if ([...citations.values()].some(({ names }) => names.includes(name)) || routes.gone.some(isMeant)) return undefined;
  const met = factsOf(everywhere).some((fact) => 'delivery' in fact && isMeant(fact.delivery.recipient.address));
  return met ? undefined : failing(call, describeNobody(subject, name));
}

/** Why nothing can be delivered to whom this name means, if nobody is meant on the subject. */
export function describeStranger(subject: Subject, name: string): string | undefined {
  const { bus, store, functions } = subject;
  if (knownRecipients(subject).some(({ address }) => isNamed(subject, address, name))) return undefined;
  if (busNames(subject).some((one) => (bus === undefined || one === bus) && store.rules(one).get(name) !== undefined)) {
    return paragraph(`Rule ${name} has no targets: add them with putTargets.`);
  }
  const elsewhere = knownRecipients({ ...subject, bus: undefined }).find(({ address }) =>
    isNamed(subject, address, name),
  );
  if (elsewhere !== undefined) {
    return paragraph(
      `${JSON.stringify(name)} stands on bus ${JSON.stringify(elsewhere.bus)}, not on bus ${JSON.stringify(bus)}.`,
    );
  }
  if ([...functions.keys()].some((arn) => arn === name || nameInArn(arn) === name)) {
    return paragraph(
      `A function handles ${JSON.stringify(name)}, but no rule has it as a target: add it with putTargets.`,
    );
  }
  return describeNobody(subject, name);
}

/** Fails, also with `.not`, for the name of a queue that there is not. */
export function unknownQueue(
  call: Call,
  subject: Subject,
  queue: string,
  more: () => readonly string[],
): MatcherResult | undefined {
  const letters = factsOf({ ...subject, bus: undefined }).flatMap((fact) =>
    fact.kind === 'dead-lettered' ? [fact.outcome.queue] : [],
  );
  const arns = [...subject.queues.arns, ...deadLetterQueues(subject), ...letters];
  if (arns.some((arn) => isQueueOf(subject, arn, queue))) return undefined;
  return failing(
    call,
    describeAbsence('queue', queue, [...new Set(arns.map((arn) => nameOfArn(subject, arn)))]),
    ...more(),
  );
}

/** The queues that targets have for their dead letters, by ARN. */
export function deadLetterQueues({ store }: Subject): readonly string[] {
  const rules = Array.from(store.buses.values()).flatMap(({ Name }) => Array.from(store.rules(Name).values()));
  return rules.flatMap(({ Targets }) =>
    Targets.flatMap(({ DeadLetterConfig }) => (DeadLetterConfig?.Arn === undefined ? [] : [DeadLetterConfig.Arn])),
  );
}

function describeNobody(subject: Subject, name: string): string {
  const where = subject.bus === undefined ? '' : ` on bus ${JSON.stringify(subject.bus)}`;
  return describeAbsence('rule, target or subscription', name, recipientNames(subject), where);
}

function recipientNames(subject: Subject): readonly string[] {
  return [...new Set(knownRecipients(subject).flatMap(({ address }) => namesOf(subject, address)))];
}

function busNames({ store }: Subject): readonly string[] {
  return Array.from(store.buses.values(), ({ Name }) => Name);
}

function describeAbsence(what: string, name: string, names: readonly string[], where = ''): string {
  const absence = `There is no ${what} ${JSON.stringify(cut(name, 80))}${where}`;
  return paragraph(
    names.length === 0 ? `${absence}: there is none at all.` : `${absence}. ${describeOthers(names, name)}`,
  );
}

const mostNamed = 10;

/** The names that there are, the nearest first. */
function describeOthers(names: readonly string[], wrong: string): string {
  const name = wrong.startsWith('arn:') ? nameInArn(wrong) : wrong;
  const meant = nearestName(name, names);
  const others = nearestFirst(name, names).filter((one) => one !== meant);
  const shown = others.slice(0, mostNamed).map((one) => JSON.stringify(one));
  const more = names.length - (meant === undefined ? 0 : 1) - shown.length;
  const list = `There ${shown.length === 1 && more === 0 ? 'is' : 'are'}${meant === undefined ? '' : ' also'} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  return [
    ...(meant === undefined ? [] : [`Did you mean ${JSON.stringify(meant)}?`]),
    ...(shown.length === 0 ? [] : [list]),
  ].join(' ');
}
