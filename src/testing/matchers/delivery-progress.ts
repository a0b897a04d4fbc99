import type { Delivery } from '../../delivery/delivery.js';
import { type DeliveryEntry, toRecord } from '../../history/history-entry.js';
import { explainPattern } from '../../patterns/explain/explain-pattern.js';
import { formatDuration, oneLine, truncate, width, wrap } from '../layout.js';
import { arnDisplayName, arnName, displayName, type KnownRecipient, ruleLabel } from '../recipient-name.js';
import { factsOf, type Received, type Subject } from '../subject.js';

/** How far one event got towards a recipient. */
export interface DeliveryProgress {
  readonly received: Received;
  /** Greater the further the event got. */
  readonly stage: number;
  /** Returns one row a stage, in columns. */
  describe(): string;
}

/** Returns what happened to each delivery so far, in order. */
export function deliveriesOf(subject: Subject): ReadonlyMap<Delivery, readonly DeliveryEntry[]> {
  const { inFlight: active, waiting } = subject.inFlight.pending;
  const all = new Map<Delivery, DeliveryEntry[]>();
  for (const fact of factsOf(subject)) {
    if (!('delivery' in fact)) continue;
    const facts = all.get(fact.delivery);
    if (facts === undefined) all.set(fact.delivery, [fact]);
    else facts.push(fact);
  }
  for (const delivery of [...active, ...waiting]) if (!all.has(delivery)) all.set(delivery, []);
  return all;
}

export function isDelivered(facts: readonly DeliveryEntry[]): boolean {
  return facts.some(({ kind }) => kind === 'delivered');
}

/** Returns the progress of an event that has a delivery. `mismatch` says how its payload differs from the expected one. */
export function progressOf(
  subject: Subject,
  received: Received,
  delivery: Delivery,
  facts: readonly DeliveryEntry[],
  mismatch: string | undefined,
): DeliveryProgress {
  const { address } = delivery.recipient;
  const { body } = delivery;
  const hasInput = body.kind === 'body';
  const rows = [
    acceptedRow(received),
    ...(address.kind === 'subscription'
      ? [row('subscription', address.subscription, 'matched')]
      : [
          row('rule', ruleLabel(subject, address), 'matched'),
          row('target', `${address.targetId} → ${targetName(subject, address.arn)}`, 'ok'),
          ...(hasInput
            ? inputRow(subject, delivery)
            : [row('input', `InputTemplate: ${body.hint ?? body.errorMessage}`, body.errorCode)]),
        ]),
    ...(hasInput ? attemptRow(facts) : []),
    outcomeRow(subject, delivery, facts),
    ...(mismatch === undefined ? [] : [row('payload', mismatch, 'differs')]),
  ];
  return { received, stage: isDelivered(facts) ? 4 : hasInput ? 3 : 2, describe: () => joinRows(rows) };
}

/** Returns the progress of an event that the recipient's rule or subscription did not match, and why. */
export function progressWithoutDelivery(
  subject: Subject,
  received: Received,
  { address, pattern, isDisabled, bus }: KnownRecipient,
): DeliveryProgress {
  const { event } = received;
  const kind = address.kind === 'subscription' ? 'subscription' : 'rule';
  const name = address.kind === 'subscription' ? address.subscription : address.rule;
  const differences =
    pattern === undefined
      ? ['the rule has a schedule, not a pattern']
      : explainPattern(pattern, event.text).toString().split('\n');
  const reasons = (): readonly string[] => {
    if (event.bus !== bus) return [`${name} is on bus ${JSON.stringify(bus)}`];
    if (differences.join() !== 'matches') return differences;
    if (isDisabled) return ['the pattern matches; enable the rule with enableRule'];
    return ['the pattern matches now, but did not match when the event came'];
  };
  const rows = [
    acceptedRow(received),
    row(kind, address.kind === 'target' ? ruleLabel(subject, address) : name, isDisabled ? 'disabled' : 'no match'),
    ...reasons()
      .slice(0, 3)
      .map((line) => row('', oneLine(line, 240), '')),
  ];
  const stage = event.bus === bus ? 1 / (1 + differences.length) : 0;
  return { received, stage, describe: () => joinRows(rows) };
}

/** Shows a version or alias, unless a template names the qualified ARN itself. */
function targetName(subject: Subject, arn: string): string {
  return subject.citations.has(arn) ? arnDisplayName(subject, arn) : arnName(arn);
}

function joinRows(rows: readonly string[]): string {
  return ['The event got this far:', ...rows].join('\n');
}

const labelWidth = 13;
const textWidth = 53;

function row(label: string, text: string, status: string): string {
  const lines = wrap(truncate(text, 240), status === '' ? width - 2 - labelWidth : textWidth - 1);
  return lines
    .map((line, i) => {
      const start = `  ${(i === 0 ? label : '').padEnd(labelWidth)}`;
      return i === 0 && status !== '' ? `${start}${line.padEnd(textWidth)}${status}` : start + line;
    })
    .join('\n');
}

function acceptedRow({ event, index }: Received): string {
  const { source, 'detail-type': type } = event.fields;
  return row('accepted', `#${index + 1} ${source} / ${type} on ${JSON.stringify(event.bus)}`, 'ok');
}

function inputRow({ store }: Subject, { event, recipient }: Delivery): string[] {
  const { address } = recipient;
  if (address.kind === 'subscription' || recipient.input === undefined || store.buses.get(event.bus) === undefined) {
    return [];
  }
  const target = store
    .rules(event.bus)
    .get(address.rule)
    ?.Targets.find(({ Id }) => Id === address.targetId);
  if (target?.InputPath !== undefined) return [row('input', `InputPath ${target.InputPath}`, 'ok')];
  return [row('input', target?.Input === undefined ? 'InputTemplate' : 'Input', 'ok')];
}

function attemptRow(facts: readonly DeliveryEntry[]): string[] {
  const last = facts.findLast(({ kind }) => kind !== 'delivered');
  if (last === undefined) return [];
  const { errorCode, errorMessage } = toRecord(last, 0) as { errorCode?: string; errorMessage?: string };
  const code = errorCode === undefined || errorMessage === errorCode ? '' : `${errorCode}: `;
  return [row('attempts', `${last.attempts}, the last: ${code}${errorMessage}`, 'failed')];
}

function outcomeRow(subject: Subject, { acceptedAt, recipient }: Delivery, facts: readonly DeliveryEntry[]): string {
  const last = facts.at(-1);
  if (isDelivered(facts)) return row('delivered', 'yes', '');
  switch (last?.kind) {
    case 'dead-lettered':
      return row('delivered', `no; dead-lettered to ${arnDisplayName(subject, last.outcome.queue)}`, '');
    case 'failed': {
      const { address } = recipient;
      const reason = address.kind === 'target' ? 'no dead-letter queue' : displayName(subject, address);
      return row('delivered', `no; dropped (${reason})`, '');
    }
    case 'retrying': {
      const delay = formatDuration(last.at - acceptedAt);
      return row('delivered', `not yet; waits for a retry, ${delay} after it was accepted`, '');
    }
    default:
      return row('delivered', 'not yet', '');
  }
}
