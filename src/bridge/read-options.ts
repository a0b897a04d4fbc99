import type { Clock } from '../base/clock/clock.js';
import { describeError } from '../base/describe.js';
import { describeValue, quoteValue } from '../base/unknown-value.js';
import type { DefinedEvent } from '../contracts/event-definition.js';
import { isBusName } from '../core/bus-names.js';
import { describeKind } from './invalid-detail-error.js';
import { type BridgeOptions, defaultLimits, defaults, type Settings } from './options.js';

const strictness = 'must be "ignore", "warn", "error" or a function';
const count = 'must be a whole number, 0 or more, or Infinity';

/** Whether a value is right, what is wanted, and what was found instead, where that is not the value as a whole. */
type OptionCheck = readonly [(value: unknown) => boolean, string, ((value: unknown) => string)?];

const checks: { readonly [Name in keyof Settings]: OptionCheck } = {
  account: [(value) => typeof value === 'string' && /^\d{12}$/.test(value), 'must be a string of 12 digits'],
  region: [
    (value) => typeof value === 'string' && /^[a-z]+-[a-z]+-[\w-]+$/.test(value),
    'must be a region such as "eu-west-1"',
  ],
  buses: [
    (value) => Array.isArray(value) && value.every(isBusName),
    'must be a list of bus names: letters, digits, dots, dashes, underscores',
  ],
  clock: [isClock, 'must be an object with now(), and if it has them with schedule() and watch()'],
  ids: [isFunction, 'must be a function that makes an id'],
  random: [isFunction, 'must be a function that makes a number from 0 up to 1'],
  history: [isCount, count],
  onUnknownBus: [isStrictness, strictness],
  onUnmatchedEvent: [isStrictness, strictness],
  onUnhandledTarget: [isStrictness, strictness],
  onFailedDelivery: [isStrictness, strictness],
  events: [
    (value) => eventListProblem(value) === undefined,
    'must be a list of what defineEvent answers, with one definition for an event',
    (value) => eventListProblem(value) as string,
  ],
  onInvalidDetail: [isStrictness, strictness],
  limits: [isObject, 'must be an object'],
};

/** Fills in the defaults. Throws an Error that names every option that is unknown or wrong. */
export function readOptions(options: BridgeOptions = {}): Settings {
  try {
    return checkOptions(options);
  } catch (error) {
    if (error instanceof WrongOptions) throw error;
    throw new WrongOptions(`the options cannot be read: ${describeError(error)}`);
  }
}

class WrongOptions extends Error {
  constructor(message: string) {
    super(`createBridge: ${message}.`);
  }
}

function checkOptions(options: BridgeOptions): Settings {
  if (!isObject(options)) throw new WrongOptions(`options must be an object, but is ${describeValue(options)}`);
  const given: BridgeOptions = options;
  const limits = isObject(given.limits) ? withoutUndefined(given.limits) : {};
  const problems = [
    ...Object.entries(given).flatMap(([name, value]) => {
      if (!Object.hasOwn(checks, name))
        return [`there is no option ${name}; there are ${Object.keys(defaults).join(', ')}`];
      const [isRight, wanted, found = (value) => `is ${quoteValue(value)}`] = checks[name as keyof Settings];
      return value === undefined || isRight(value) ? [] : [`${name} ${wanted}, but ${found(value)}`];
    }),
    ...Object.entries(limits).flatMap(([name, value]) => {
      if (!Object.hasOwn(defaultLimits, name)) {
        return [`there is no limits.${name}; there are ${Object.keys(defaultLimits).join(', ')}`];
      }
      return isCount(value) && value !== 0
        ? []
        : [`limits.${name} must be a whole number, 1 or more, or Infinity, but is ${quoteValue(value)}`];
    }),
  ];
  if (problems.length > 0) throw new WrongOptions(problems.join('; '));
  return { ...defaults, ...withoutUndefined(given), limits: { ...defaultLimits, ...limits } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isClock(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { now, schedule, watch } = value as Partial<Clock>;
  return isFunction(now) && [schedule, watch].every((member) => member === undefined || isFunction(member));
}

function eventListProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `is ${quoteValue(value)}`;
  const known = new Map<string, number>();
  for (const [index, one] of value.entries()) {
    if (!isDefinedEvent(one)) return `events[${index}] is ${quoteValue(one)}`;
    const key = JSON.stringify([one.source, one.detailType]);
    const first = known.get(key);
    if (first !== undefined && value[first] !== one) {
      return `events[${first}] and events[${index}] both define ${describeKind(one.source, one.detailType)}`;
    }
    known.set(key, first ?? index);
  }
  return undefined;
}

function isDefinedEvent(value: unknown): value is DefinedEvent {
  if (!isFunction(value) && !isObject(value)) return false;
  const { source, detailType, schema } = value as Partial<DefinedEvent>;
  const isChecked = schema === undefined || isFunction(schema?.['~standard']?.validate);
  return typeof source === 'string' && typeof detailType === 'string' && isChecked;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isCount(value: unknown): boolean {
  return value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= 0);
}

function isStrictness(value: unknown): boolean {
  return isFunction(value) || value === 'ignore' || value === 'warn' || value === 'error';
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Name in keyof Value]: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}
