import { busNameOf } from '../state/bus-name.js';
import type { BusRecord } from '../state/bus-record.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { OperationContext } from './operation-context.js';
import { noSuchBus, noSuchRule } from './refusals.js';

/** The bus of this name or ARN, `default` if absent; throws ResourceNotFoundException. */
export function findBus({ home, store }: OperationContext, nameOrArn: string | undefined): BusRecord {
  const name = busNameOf(home, nameOrArn);
  const bus = name === undefined ? undefined : store.buses.get(name);
  if (bus === undefined) throw noSuchBus(name ?? String(nameOrArn));
  return bus;
}

/** The bus of this ARN, which must be here; throws ResourceNotFoundException. */
export function busOfArn({ home, store }: OperationContext, arn: string): BusRecord {
  const name = busNameOf(home, arn);
  const bus = name === undefined ? undefined : store.buses.get(name);
  if (bus === undefined) throw noSuchBus(arn.slice(arn.indexOf('/') + 1));
  return bus;
}

/** The rule; throws ResourceNotFoundException for an unknown bus or rule. */
export function findRule(context: OperationContext, name: string, busNameOrArn: string | undefined): RuleRecord {
  const bus = findBus(context, busNameOrArn).Name;
  const rule = context.store.rules(bus).get(name);
  if (rule === undefined) throw noSuchRule(name, bus);
  return rule;
}
