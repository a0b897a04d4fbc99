import { parseArn, unqualifiedArn } from '../base/arn.js';
import type { Inspection } from '../bridge/internals.js';
import type { Address } from '../delivery/recipient.js';
import { relativePath } from './layout.js';

/** What templates call things, by ARN. */
export type WithTemplateSources = Pick<Inspection, 'citations'>;

/**
 * Whether a test names this recipient: by its rule, its subscription, its target's id, its ARN or the name in it, or its logical id
 * in a template.
 */
export function matchesName({ citations }: WithTemplateSources, address: Address, name: string): boolean {
  if (address.kind === 'subscription') return address.subscription === name;
  const { rule, ruleArn, targetId, arn } = address;
  const arns = [ruleArn, arn, unqualifiedArn(arn)];
  return (
    [rule, targetId, ...arns, arnName(arn), arnName(unqualifiedArn(arn))].includes(name) ||
    arns.some((candidate) => citations.get(candidate)?.names.includes(name))
  );
}

/** Returns the recipient's name for messages: the name in its ARN, or the subscription. */
export function displayName(sources: WithTemplateSources, address: Address): string {
  return address.kind === 'subscription'
    ? address.subscription
    : arnDisplayName(sources, unqualifiedArn(address.arn), address.arn);
}

/** Returns the name in an ARN, or the logical id if CloudFormation would derive the name from it. */
export function arnDisplayName({ citations }: WithTemplateSources, arn: string, qualified = arn): string {
  const name = arnName(arn);
  const [logicalId] = (citations.get(qualified) ?? citations.get(arn))?.names ?? [];
  return logicalId !== undefined && name.endsWith(`-${logicalId}`) ? logicalId : name;
}

type TargetAddress = Extract<Address, { kind: 'target' }>;

/** Returns the name of a rule, or its logical id if CloudFormation would derive the name from it. */
function ruleName({ citations }: WithTemplateSources, { rule, ruleArn }: TargetAddress): string {
  const [logicalId] = citations.get(ruleArn)?.names ?? [];
  return logicalId !== undefined && rule.endsWith(`-${logicalId}`) ? logicalId : rule;
}

/** Returns the name of a rule and its location in a template: `big-orders (template.yaml:33)`. */
export function ruleLabel(sources: WithTemplateSources, address: TargetAddress): string {
  const { place } = sources.citations.get(address.ruleArn) ?? {};
  return `${ruleName(sources, address)}${place === undefined ? '' : ` (${relativePath(place)})`}`;
}

/** Returns the names under which a test may refer to the recipient. */
export function displayNames(sources: WithTemplateSources, address: Address): readonly string[] {
  if (address.kind === 'subscription') return [address.subscription];
  const { ruleArn, arn } = address;
  const ids = [ruleArn, arn].flatMap((candidate) => sources.citations.get(candidate)?.names.slice(0, 1) ?? []);
  return [ruleName(sources, address), displayName(sources, address), ...ids];
}

/** Whether a test names this queue: by its ARN, its name or its logical id in a template. */
export function isQueueOf({ citations }: WithTemplateSources, queue: string, nameOrArn: string): boolean {
  return (
    queue === nameOrArn ||
    parseArn(queue)?.resource === nameOrArn ||
    citations.get(queue)?.names.includes(nameOrArn) === true
  );
}

/** `bill` of `arn:…:function:bill`, `orders` of `arn:…:event-bus/orders`, `orders-dlq` of `arn:…:sqs:…:orders-dlq`. */
export function arnName(arn: string): string {
  const { resource = arn } = parseArn(arn) ?? {};
  const [, kind, name = resource] = /^([a-zA-Z-]+)[:/](.+)$/s.exec(resource) ?? [];
  // The name of an API destination is followed by an id.
  if (kind === 'api-destination') return name.replace(/\/[^/]*$/, '');
  return kind === 'log-group' ? name.replace(/:\*$/, '') : name;
}

/** A recipient that exists now. */
export interface KnownRecipient {
  readonly bus: string;
  readonly address: Address;
  /** `undefined` for a rule with a schedule only. */
  readonly pattern: string | undefined;
  readonly isDisabled: boolean;
}

/** Returns every target and subscription on the subject. */
export function knownRecipients({ store, routes, bus }: Inspection): readonly KnownRecipient[] {
  const buses = Array.from(store.buses.values(), ({ Name }) => Name).filter(
    (name) => bus === undefined || name === bus,
  );
  return buses.flatMap((name) => [
    ...Array.from(store.rules(name).values()).flatMap((rule) =>
      rule.Targets.map((target) => ({
        bus: name,
        address: { kind: 'target', rule: rule.Name, ruleArn: rule.Arn, targetId: target.Id, arn: target.Arn } as const,
        pattern: rule.EventPattern || undefined,
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
