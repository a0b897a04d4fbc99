import { describeValue, isArray, quoteValue } from '../base/unknown-value.js';

/** Options of `fetchHandler`, which `serve` has too. */
export interface FetchHandlerOptions {
  /**
   * Origins whose pages may do everything, such as `https://shop.example`. Pages of loopback origins (`http://localhost:5173`) may
   * read without being listed; all others are rejected.
   *
   * @defaultValue none
   */
  readonly origins?: readonly string[] | undefined;
  /**
   * Names of the server besides those of loopback, such as `host.docker.internal`, without port. Other names are rejected, because
   * anybody's DNS name may resolve to this address.
   *
   * @defaultValue none
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Maximum size of a request body in bytes, before and after decompression. A larger one gets status 413.
   *
   * @defaultValue 10 MiB
   */
  readonly bodyLimit?: number | undefined;
  /**
   * Called for every request with an error response, for a log. If it throws, one line is written to the console.
   *
   * @defaultValue none
   */
  readonly onRejectedRequest?: ((rejected: RejectedRequest) => void) | undefined;
}

/** A request with an error response. */
export interface RejectedRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As the header `x-amz-target` names it, without the service. */
  readonly operation: string | undefined;
  /** The status of the response, 400 or above. */
  readonly status: number;
  /** Name of the error. */
  readonly name: string;
  /** Message of the error. */
  readonly message: string;
}

/** The options with their defaults. */
export interface HandlerSettings {
  readonly origins: readonly string[];
  readonly hosts: readonly string[];
  readonly bodyLimit: number;
  readonly onRejectedRequest: ((rejected: RejectedRequest) => void) | undefined;
}

export const settingsDefaults: HandlerSettings = {
  origins: [],
  hosts: [],
  bodyLimit: 10_485_760,
  onRejectedRequest: undefined,
};

/** Whether an option is valid, and what it must be. */
export type SettingCheck = readonly [isValid: (value: unknown) => boolean, expected: string];

export const settingsChecks: { readonly [Name in keyof HandlerSettings]: SettingCheck } = {
  origins: [
    isListOf(/^(?:[a-z][a-z0-9+.-]*:\/\/[^/\s]+|null)$/i),
    'must be a list of origins such as "https://a.example"',
  ],
  hosts: [
    isListOf(/^[^:/\s]+$|^\[[0-9a-f:.]+\]$/i),
    'must be a list of names such as "host.docker.internal", without port',
  ],
  bodyLimit: [
    (value) => Number.isInteger(value) && (value as number) > 0,
    'must be a whole number of bytes, 1 or more',
  ],
  onRejectedRequest: [(value) => typeof value === 'function', 'must be a function'],
};

/** Adds the defaults. Throws an Error that names every option that is unknown or invalid. */
export function readSettings<Settings extends object>(
  caller: string,
  options: unknown,
  checks: { readonly [Name in keyof Settings]: SettingCheck },
  defaults: Settings,
): Settings {
  if (options === undefined) return defaults;
  if (typeof options !== 'object' || options === null || isArray(options)) {
    throw new Error(`${caller}: the options must be an object, but are ${describeValue(options)}.`);
  }
  const problems: string[] = [];
  const settings: Record<string, unknown> = Object.fromEntries(Object.entries(defaults));
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(checks, name)) {
      problems.push(`${name} is not an option; the options are ${Object.keys(checks).join(', ')}`);
      continue;
    }
    const [isValid, expected] = checks[name as keyof Settings];
    if (isValid(value)) settings[name] = value;
    else problems.push(`${name} ${expected}, but is ${quoteValue(value)}`);
  }
  if (problems.length > 0) throw new Error(`${caller}: ${problems.join('; ')}.`);
  return settings as Settings;
}

function isListOf(syntax: RegExp): (value: unknown) => boolean {
  return (value) => isArray(value) && value.every((item) => typeof item === 'string' && syntax.test(item));
}
