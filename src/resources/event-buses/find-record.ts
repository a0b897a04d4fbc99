import { busNameOf } from '../../core/bus-names.js';
import type { OperationContext } from '../../core/old-context.js';
import { busNotFound, ruleNotFound } from '../../core/responses.js';
import type { RuleRecord } from '../rules/rule-record.js';
import type { BusRecord } from './event-bus-record.js';

/** The bus of this name or ARN, `default` if absent; throws ResourceNotFoundException. */
export function findBus({ home, store }: OperationContext, nameOrArn: string | undefined): BusRecord {
  const name = busNameOf(home, nameOrArn);
  const bus = name === undefined ? undefined : store.buses.get(name);
  if (bus === undefined) throw busNotFound(name ?? String(nameOrArn));
  return bus;
}

/** The bus of this ARN, which must be here; throws ResourceNotFoundException. */
export function busOfArn({ home, store }: OperationContext, arn: string): BusRecord {
  const name = busNameOf(home, arn);
  const bus = name === undefined ? undefined : store.buses.get(name);
  if (bus === undefined) throw busNotFound(arn.slice(arn.indexOf('/') + 1));
  return bus;
}

/** The rule; throws ResourceNotFoundException for an unknown bus or rule. */
export function findRule(context: OperationContext, name: string, busNameOrArn: string | undefined): RuleRecord {
  const bus = findBus(context, busNameOrArn).Name;
  const rule = context.store.rules(bus).get(name);
  if (rule === undefined) throw ruleNotFound(name, bus);
  return rule;
}
