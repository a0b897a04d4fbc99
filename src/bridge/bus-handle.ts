import { ServiceError } from '../base/service-error.js';
import type { BusHandle } from './bridge.js';
import type { Core } from './core.js';
import { type Inspection, inspectable } from './inspection.js';
import { publish } from './publish.js';
import { subscribe } from './subscription.js';

const busName = /^[.\-_A-Za-z0-9]{1,256}$/;

export function busHandle(
  openCore: () => Core,
  current: () => Core,
  name: string,
  inspect: () => Inspection,
): BusHandle {
  if (typeof name !== 'string' || !busName.test(name)) {
    throw new ServiceError(
      'ValidationException',
      'The name of a bus has 1 to 256 letters, digits, dots, dashes and underscores.',
    );
  }
  const handle: BusHandle = {
    name,
    on: (pattern, handler, options) => subscribe(openCore(), current, name, pattern, handler, options),
    publish: ((input: unknown) => publish(openCore, input, name)) as BusHandle['publish'],
  };
  return inspectable(handle, () => ({ ...inspect(), bus: name }));
}
