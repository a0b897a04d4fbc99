import { defineToString, pluralize } from '../base/describe.js';
import { invalid } from '../base/service-error.js';
import { isBusName } from '../core/bus-names.js';
import type { BusHandle } from './bridge.js';
import type { Core } from './core.js';
import { type Inspection, inspectable } from './internals.js';
import { firstFew } from './overview.js';
import { publish } from './publish.js';
import { subscribe } from './subscription.js';

export function busHandle(
  openCore: () => Core,
  current: () => Core,
  name: string,
  inspect: () => Inspection,
): BusHandle {
  if (!isBusName(name)) {
    throw invalid('The name of a bus has 1 to 256 letters, digits, dots, dashes and underscores.');
  }
  const handle: BusHandle = {
    name,
    on: (pattern, handler, options) => subscribe(openCore(), current, name, pattern, handler, options),
    publish: ((input: unknown) => publish(openCore, input, name)) as BusHandle['publish'],
  };
  const names = () => {
    const { store, routes } = inspect();
    const isThere = store.buses.get(name) !== undefined;
    const rules = isThere ? Array.from(store.rules(name).values(), (rule) => rule.Name) : [];
    return { isThere, rules, subscriptions: Array.from(routes.subscriptions(name), (route) => route.name) };
  };
  const print = () => {
    const { isThere, rules, subscriptions } = names();
    const counts = `${pluralize(rules.length, 'rule')}, ${pluralize(subscriptions.length, 'subscription')}`;
    return `Bus ${name}: ${isThere ? counts : 'it is not there'}`;
  };
  const data = () => {
    const { rules, subscriptions } = names();
    return { name, rules: firstFew(rules), subscriptions: firstFew(subscriptions) };
  };
  return defineToString(
    inspectable(handle, () => ({ ...inspect(), bus: name })),
    print,
    data,
  );
}
