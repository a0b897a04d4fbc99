import { invalid, ServiceError } from '../base/service-error.js';

/** The members of an object that may be undefined have become optional. */
export type OmitUndefined<Item> = {
  [Key in keyof Item as undefined extends Item[Key] ? never : Key]: Item[Key];
} & {
  [Key in keyof Item as undefined extends Item[Key] ? Key : never]?: Exclude<Item[Key], undefined>;
};

/** A copy without the members that are undefined: answers have a member or have it not. */
export function omitUndefined<Item extends object>(item: Item): OmitUndefined<Item> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as OmitUndefined<Item>;
}

/** What an operation answers that has nothing to say. */
export type EmptyResponse = Record<never, never>;

// Facts that several operations refuse for. The sentences are recorded from the service where nothing else is said.

export function busNotFound(bus: string): ServiceError {
  return resourceNotFound(`Event bus ${bus} does not exist.`);
}

export function ruleNotFound(rule: string, bus: string): ServiceError {
  return resourceNotFound(`Rule ${rule} does not exist on EventBus ${bus}.`);
}

export function resourceNotFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

/** `what` is the resource with its name: `Archive a`. */
export function alreadyExists(what: string): ServiceError {
  return new ServiceError('ResourceAlreadyExistsException', `${what} already exists.`);
}

export function limitExceeded(): ServiceError {
  return new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}

export function illegalStatus(message: string): ServiceError {
  return new ServiceError('IllegalStatusException', message);
}

/** The rejection of what only a plugin can do that is absent. */
export function pluginNeeded(what: string, plugin: string): Error {
  return invalid(`${what} needs the plugin ${plugin}: createBridge({ plugins: [${plugin}()] }).`);
}
