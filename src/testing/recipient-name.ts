import { parseArn, unqualifiedArn } from '../base/arn.js';
import type { Address } from '../delivery/recipient.js';
import type { Subject } from './subject.js';

/** Whether somebody means this recipient: by the name of its rule or subscription, its target's id, or what its ARN names. */
export function isNamed(address: Address, name: string): boolean {
  if (address.kind === 'subscription') return address.subscription === name;
  const { rule, ruleArn, targetId, arn } = address;
  return [rule, ruleArn, targetId, arn, unqualifiedArn(arn), nameInArn(arn), nameInArn(unqualifiedArn(arn))].includes(
    name,
  );
}

/** What a person calls the recipient: what its ARN names, or the subscription. */
export function nameOf(address: Address): string {
  return address.kind === 'subscription' ? address.subscription : nameInArn(unqualifiedArn(address.arn));
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
