import { type AccountRegion, makeArn } from '../base/arn.js';

const shape = /^[.\-_A-Za-z0-9]{1,256}$/;

/** Whether a bus can have this name. */
export function isBusName(name: unknown): name is string {
  return typeof name === 'string' && shape.test(name);
}

/** The name of a bus given by name or ARN, `default` if absent; `undefined` for a bus that lives elsewhere. */
export function busNameOf(home: AccountRegion, nameOrArn: string | undefined): string | undefined {
  if (nameOrArn === undefined) return 'default';
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  const prefix = makeArn(home, 'events', 'event-bus/');
  return nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : undefined;
}
