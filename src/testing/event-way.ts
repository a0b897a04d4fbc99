import type { Delivery } from '../delivery/delivery.js';
import { type DeliveryFact, makeRecord } from '../history/fact.js';
import { explainPattern } from '../patterns/explain/explain-pattern.js';
import { cut, oneLine, wrap } from './layout.js';
import { citedRule, isNamed, type KnownRecipient, nameInArn, nameOf, nameOfArn } from './recipient-name.js';
import { describeSpan } from './span.js';
import { factsOf, type Received, type Subject } from './subject.js';

/** How far one event got on its way to a recipient. */
export interface Way {
  readonly received: Received;
  /** Grows with each station that was passed. */
  readonly reached: number;
  /** A station a line, in columns. */
  describe(): string;
}

/** What became of each delivery so far, in order. */
export function deliveriesOf(subject: Subject): ReadonlyMap<Delivery, readonly DeliveryFact[]> {
  const { inFlight: active, waiting } = subject.inFlight.pending;
  const all = new Map<Delivery, DeliveryFact[]>();
  for (const fact of factsOf(subject)) {
    if (!('delivery' in fact)) continue;
    const facts = all.get(fact.delivery);
    if (facts === undefined) all.set(fact.delivery, [fact]);
    else facts.push(fact);
  }
  for (const delivery of [...active, ...waiting]) if (!all.has(delivery)) all.set(delivery, []);
  return all;
}

/** The way of an event whose delivery was made. `unwanted` is what was wrong with what was delivered. */
export function deliveryWay(
  subject: Subject,
  received: Received,
  delivery: Delivery,
  facts: readonly DeliveryFact[],
  unwanted: string | undefined,
): Way {
  const { address } = delivery.recipient;
  const { body } = delivery;
  const made = body.kind === 'body';
  const rows = [
    accepted(received),
    ...(address.kind === 'subscription'
      ? [row('subscription', address.subscription, 'matched')]
      : [
          row('rule', citedRule(subject, address), 'matched'),
          row('target', `${address.targetId} → ${targetName(subject, address.arn)}`, 'ok'),
          ...(made ? inputRow(subject, delivery) : [row('input', body.hint ?? body.errorMessage, body.errorCode)]),
        ]),
    ...(made ? attemptRow(facts) : []),
    ending(subject, delivery, facts),
    ...(unwanted === undefined ? [] : [row('payload', unwanted, 'differs')]),
  ];
  const isDelivered = facts.some(({ kind }) => kind === 'delivered');
  return { received, reached: isDelivered ? 4 : made ? 3 : 2, describe: () => lines(rows) };
}

/** The way of an event that was not for the recipient, and why. */
export function otherWay(
  subject: Subject,
  received: Received,
  { address, pattern, isDisabled, bus }: KnownRecipient,
): Way {
  const { event } = received;
  const kind = address.kind === 'subscription' ? 'subscription' : 'rule';
  const name = address.kind === 'subscription' ? address.subscription : address.rule;
  const differences =
    pattern === undefined
      ? ['it has a schedule, and no pattern']
      : explainPattern(pattern, event.text).toString().split('\n');
  const matches = differences.length === 1 && differences[0] === 'matches';
  const why =
    event.bus !== bus
      ? [`${name} stands on bus ${JSON.stringify(bus)}`]
      : matches
        ? [
            isDisabled
              ? 'its pattern matches: enableRule enables it'
              : 'its pattern matches now, and did not when the event came',
          ]
        : differences;
  const status = isDisabled ? 'disabled' : 'no match';
  const rows = [
    accepted(received),
    row(kind, address.kind === 'target' ? citedRule(subject, address) : name, status),
    ...why.slice(0, 3).map((line) => row('', oneLine(line, 240), '')),
  ];
  return { received, reached: event.bus === bus ? 1 / (1 + differences.length) : 0, describe: () => lines(rows) };
}

/** A version or alias is told of, unless a template has named the ARN as it is. */
function targetName(subject: Subject, arn: string): string {
  return subject.citations.has(arn) ? nameOfArn(subject, arn) : nameInArn(arn);
}

/** Whether the delivery is for whom somebody means by this name. */
export function isFor(subject: Subject, delivery: Delivery, name: string): boolean {
  return isNamed(subject, delivery.recipient.address, name);
}

function lines(rows: readonly string[]): string {
  return ['The event got this far:', ...rows].join('\n');
}

const labelWidth = 13;
const textWidth = 53;

function row(label: string, text: string, status: string): string {
  const shown = wrap(cut(text, 240), status === '' ? 80 - 2 - labelWidth : textWidth);
  return shown
    .map((line, i) => {
      const start = `  ${(i === 0 ? label : '').padEnd(labelWidth)}`;
      return i === 0 && status !== '' ? `${start}${line.padEnd(textWidth)}${status}` : start + line;
    })
    .join('\n');
}

function accepted({ event, index }: Received): string {
  const { source, 'detail-type': type } = event.head;
  return row('accepted', `#${index + 1} ${source} / ${type} on ${JSON.stringify(event.bus)}`, 'ok');
}

function inputRow({ store }: Subject, { event, recipient }: Delivery): string[] {
  const { address } = recipient;
  if (address.kind === 'subscription' || recipient.input === undefined || store.buses.get(event.bus) === undefined)
    return [];
  const target = store
    .rules(event.bus)
    .get(address.rule)
    ?.Targets.find(({ Id }) => Id === address.targetId);
  const { InputPath } = target ?? {};
  const kind =
    InputPath === undefined ? (target?.Input === undefined ? 'InputTemplate' : 'Input') : `InputPath ${InputPath}`;
  return [row('input', kind, 'ok')];
}

function attemptRow(facts: readonly DeliveryFact[]): string[] {
  const last = facts.findLast(({ kind }) => kind !== 'delivered');
  if (last === undefined) return [];
  const { errorCode, errorMessage } = makeRecord(last, 0) as { errorCode?: string; errorMessage?: string };
  const reason = errorCode === undefined || errorMessage === errorCode ? '' : `${errorCode}: `;
  return [row('attempts', `${last.attempts}, the last: ${reason}${errorMessage}`, 'failed')];
}

function ending(subject: Subject, { acceptedAt, recipient }: Delivery, facts: readonly DeliveryFact[]): string {
  const last = facts.at(-1);
  if (facts.some(({ kind }) => kind === 'delivered')) return row('delivered', 'yes', '');
  switch (last?.kind) {
    case 'dead-lettered':
      return row('delivered', `no; dead-lettered to ${nameOfArn(subject, last.outcome.queue)}`, '');
    case 'failed':
      return row(
        'delivered',
        `no; dropped (${recipient.address.kind === 'target' ? 'no dead-letter queue' : nameOf(subject, recipient.address)})`,
        '',
      );
    case 'retrying':
      return row(
        'delivered',
        `not yet; waits for a retry, ${describeSpan(last.at - acceptedAt)} after it was accepted`,
        '',
      );
    default:
      return row('delivered', 'not yet', '');
  }
}
