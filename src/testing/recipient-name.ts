import { parseArn, unqualifiedArn } from '../base/arn.js';
import type { Inspection } from '../bridge/internals.js';
import type { Address } from '../delivery/recipient.js';
import { fromHere } from './from-here.js';
import type { Subject } from './subject.js';

/** What templates say, by ARN: a bridge has it. */
export type Cited = Pick<Inspection, 'citations'>;

/**
 * Whether somebody means this recipient: by the name of its rule or subscription, its target's id, what its ARN names, or what a
 * template calls it.
 */
export function isNamed({ citations }: Cited, address: Address, name: string): boolean {
  if (address.kind === 'subscription') return address.subscription === name;
  const { rule, ruleArn, targetId, arn } = address;
  const arns = [ruleArn, arn, unqualifiedArn(arn)];
  return (
    [rule, targetId, ...arns, nameInArn(arn), nameInArn(unqualifiedArn(arn))].includes(name) ||
    arns.some((one) => citations.get(one)?.names.includes(name))
  );
}

/** What a person calls the recipient: what its ARN names, or the subscription. */
export function nameOf(cited: Cited, address: Address): string {
  return address.kind === 'subscription'
    ? address.subscription
    : nameOfArn(cited, unqualifiedArn(address.arn), address.arn);
}

/** What an ARN names; the logical id, where CloudFormation would have made a name of it. */
export function nameOfArn({ citations }: Cited, arn: string, qualified = arn): string {
  const name = nameInArn(arn);
  const [logicalId] = (citations.get(qualified) ?? citations.get(arn))?.names ?? [];
  return logicalId !== undefined && name.endsWith(`-${logicalId}`) ? logicalId : name;
}

type TargetAddress = Extract<Address, { kind: 'target' }>;

/** The name of a rule; its logical id, where CloudFormation would have made a name of it. */
function ruleName({ citations }: Cited, { rule, ruleArn }: TargetAddress): string {
  const [logicalId] = citations.get(ruleArn)?.names ?? [];
  return logicalId !== undefined && rule.endsWith(`-${logicalId}`) ? logicalId : rule;
}

/** The name of a rule, and where it stands in its template: `big-orders (template.yaml:33)`. */
export function citedRule(cited: Cited, address: TargetAddress): string {
  const { place } = cited.citations.get(address.ruleArn) ?? {};
  return `${ruleName(cited, address)}${place === undefined ? '' : ` (${fromHere(place)})`}`;
}

/** What a person may call the recipient, for a list of what there is. */
export function namesOf(cited: Cited, address: Address): readonly string[] {
  if (address.kind === 'subscription') return [address.subscription];
  const { ruleArn, arn } = address;
  const ids = [ruleArn, arn].flatMap((one) => cited.citations.get(one)?.names.slice(0, 1) ?? []);
  return [ruleName(cited, address), nameOf(cited, address), ...ids];
}

/** Whether somebody means this queue: by its ARN, its name or what a template calls it. */
export function isQueueOf({ citations }: Cited, queue: string, nameOrArn: string): boolean {
  return (
    queue === nameOrArn ||
    parseArn(queue)?.resource === nameOrArn ||
    citations.get(queue)?.names.includes(nameOrArn) === true
  );
}

/** `bill` of `arn:…:function:bill`, `orders` of `arn:…:event-bus/orders`, `orders-dlq` of `arn:…:sqs:…:orders-dlq`. */
export function nameInArn(arn: string): string {
  const { resource = arn } = parseArn(arn) ?? {};
  const [, kind, name = resource] = /^([a-zA-Z-]+)[:/](.+)$/s.exec(resource) ?? [];
  // Behind the name of an API destination stands an id.
  if (kind === 'api-destination') return name.replace(/\/[^/]*$/, '');
  return kind === 'log-group' ? name.replace(/:\*$/, '') : name;
}

/** Every recipient there is on the subject now, with the pattern that leads to it. */
export interface KnownRecipient {
  readonly bus: string;
  readonly address: Address;
  /** `undefined` for a rule without one. */
  readonly pattern: string | undefined;
  readonly isDisabled: boolean;
}

export function knownRecipients({ store, routes, bus }: Subject): readonly KnownRecipient[] {
  const buses = Array.from(store.buses.values(), ({ Name }) => Name).filter(
    (name) => bus === undefined || name === bus,
  );
  return buses.flatMap((name) => [
    ...Array.from(store.rules(name).values()).flatMap((rule) =>
      rule.Targets.map((target) => ({
        bus: name,
        address: { kind: 'target', rule: rule.Name, ruleArn: rule.Arn, targetId: target.Id, arn: target.Arn } as const,
        pattern: rule.EventPattern,
        isDisabled: rule.State === 'DISABLED',
      })),
    ),
    ...Array.from(routes.subscriptions(name), (route) => ({
      bus: name,
      address: { kind: 'subscription', subscription: route.name } as const,
      pattern: route.pattern,
      isDisabled: false,
    })),
  ]);
}
