import { invalid } from '../base/service-error.js';
import { isBusName } from '../state/bus-name.js';
import type { BusHandle } from './bridge.js';
import type { Core } from './core.js';
import { type Inspection, inspectable } from './inspection.js';
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
  return inspectable(handle, () => ({ ...inspect(), bus: name }));
}
