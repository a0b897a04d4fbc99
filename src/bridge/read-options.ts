import { type Clock, readDuration } from '../base/clock/clock.js';
import { describeError } from '../base/describe.js';
import { describeValue, quoteValue } from '../base/unknown-value.js';
import type { DefinedEvent } from '../contracts/event-definition.js';
import { isBusName } from '../core/bus-names.js';
import type { Plugin } from '../core/plugin.js';
import { describeKind } from './invalid-detail-error.js';
import { type CommonOptions, defaults, type Settings } from './options.js';

const strictness = 'must be "ignore", "warn", "error" or a function';
const count = 'must be a whole number, 0 or more, or Infinity';

/** Whether a value is right, what is wanted, and what was found instead, where that is not the value as a whole. */
type OptionCheck = readonly [(value: unknown) => boolean, string, ((value: unknown) => string)?];

/** The checks of the options that every bridge has, in the order in which they are named. */
const commonChecks: { readonly [Name in keyof Settings]: OptionCheck } = {
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

/** The check of the option `history`. */
export const historyCheck: OptionCheck = [isCount, count];

/** The check of the option `plugins`. */
export const pluginsCheck: OptionCheck = [
  (value) =>
    Array.isArray(value) && value.every((one) => isObject(one) && typeof (one as Partial<Plugin>).name === 'string'),
  'must be a list of plugins, such as [archives(), schedules()]',
];

/** The quotas of plugins, by their names. */
export function limitsOf(plugins: readonly Plugin[]): Readonly<Record<string, number>> {
  return Object.assign({}, ...plugins.map(({ limits }) => limits));
}

/** What a kind of bridge can be told beside the common options. */
interface ReadableOptions<Extra> {
  readonly checks: { readonly [Name in keyof Extra]: OptionCheck };
  readonly defaults: Extra;
  /** The quotas of its plugins. */
  readonly limits: Readonly<Record<string, number>>;
}

/** Fills in the defaults. Throws an Error that names every option that is unknown or wrong. */
export function readOptions<Extra extends object>(
  options: object = {},
  readable: ReadableOptions<Extra>,
): Settings & Extra {
  try {
    return checkOptions(options, readable);
  } catch (error) {
    if (error instanceof InvalidOptionsError) throw error;
    throw new InvalidOptionsError(`the options cannot be read: ${describeError(error)}`);
  }
}

class InvalidOptionsError extends Error {
  constructor(message: string) {
    super(`createBridge: ${message}.`);
  }
}

function checkOptions<Extra extends object>(given: object, readable: ReadableOptions<Extra>): Settings & Extra {
  if (!isObject(given)) throw new InvalidOptionsError(`options must be an object, but is ${describeValue(given)}`);
  const checks: Readonly<Record<string, OptionCheck>> = inOrder(readable.checks);
  const { limits: givenLimits } = given as CommonOptions;
  const limits = isObject(givenLimits) ? withoutUndefined(givenLimits) : {};
  const problems = [
    ...Object.entries(given).flatMap(([name, value]) => {
      if (!Object.hasOwn(checks, name)) {
        return [`there is no option ${name}; there are ${Object.keys(checks).join(', ')}`];
      }
      const [isRight, wanted, found = (value) => `is ${quoteValue(value)}`] = checks[name] as OptionCheck;
      return value === undefined || isRight(value) ? [] : [`${name} ${wanted}, but ${found(value)}`];
    }),
    ...Object.entries(limits).flatMap(([name, value]) => {
      if (!Object.hasOwn(readable.limits, name)) {
        return [`there is no limits.${name}; there are ${Object.keys(readable.limits).join(', ')}`];
      }
      if (isTime(readable.limits, name)) {
        return readDuration(value) === undefined
          ? [`limits.${name} must be milliseconds or a text such as "60s", but is ${quoteValue(value)}`]
          : [];
      }
      return isCount(value) && value !== 0
        ? []
        : [`limits.${name} must be a whole number, 1 or more, or Infinity, but is ${quoteValue(value)}`];
    }),
  ];
  if (problems.length > 0) throw new InvalidOptionsError(problems.join('; '));
  const options = withoutUndefined(given) as Partial<Settings & Extra>;
  const read = Object.entries(limits).map(([name, value]) => {
    return [name, isTime(readable.limits, name) ? readDuration(value) : value] as const;
  });
  return { ...defaults, ...readable.defaults, ...options, limits: { ...readable.limits, ...Object.fromEntries(read) } };
}

/** A quota is never 0; the one limit that is a time is, by default. */
function isTime(limits: Readonly<Record<string, number>>, name: string): boolean {
  return limits[name] === 0;
}

/** Those of one kind of bridge stand after `random`. */
function inOrder(extra: Readonly<Record<string, OptionCheck>>): Readonly<Record<string, OptionCheck>> {
  const names = Object.entries(commonChecks);
  const position = names.findIndex(([name]) => name === 'random') + 1;
  return Object.fromEntries([...names.slice(0, position), ...Object.entries(extra), ...names.slice(position)]);
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
