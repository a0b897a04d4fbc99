import { describeValue, isArray, quoteValue } from '../base/unknown-value.js';

/** How requests over HTTP are answered. */
export interface FetchHandlerOptions {
  /**
   * Origins, such as `https://shop.example`, whose pages may use everything, also what changes the state. Pages of
   * loopback origins (`http://localhost:5173`) may call the API and read without being named; all others are refused. None.
   */
  readonly origins?: readonly string[] | undefined;
  /**
   * Names by which the server may be asked beside those of loopback, such as `host.docker.internal`, without port. Other
   * names are refused, since a stranger's DNS may point them here. None.
   */
  readonly hosts?: readonly string[] | undefined;
  /** The longest body that is read, in bytes, packed or unpacked. A longer one is answered with 413. 10 MiB. */
  readonly bodyLimit?: number | undefined;
  /** Told of every request that is refused, once its answer is made: for a log. What it throws is one console line. Nobody. */
  readonly onRefusal?: ((refusal: RejectedRequest) => void) | undefined;
}

/** A request that was refused, and how it is answered. */
export interface RejectedRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As the header `x-amz-target` names it, without the service. */
  readonly operation: string | undefined;
  /** The status of the answer, 400 or above. */
  readonly status: number;
  /** Name of the error. */
  readonly name: string;
  /** Its sentence. */
  readonly message: string;
}

/** Options with nothing left open. */
export interface HandlerSettings {
  readonly origins: readonly string[];
  readonly hosts: readonly string[];
  readonly bodyLimit: number;
  readonly onRefusal: ((refusal: RejectedRequest) => void) | undefined;
}

export const settingsDefaults: HandlerSettings = {
  origins: [],
  hosts: [],
  bodyLimit: 10_485_760,
  onRefusal: undefined,
};

/** What an option must be, and how to say so. */
export type Check = readonly [(value: unknown) => boolean, string];

export const settingsChecks: { readonly [Name in keyof HandlerSettings]: Check } = {
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
  onRefusal: [(value) => typeof value === 'function', 'must be a function'],
};

/** Fills in the defaults. Throws an Error that names every option that is unknown or wrong. */
export function readSettings<Settings extends object>(
  caller: string,
  options: unknown,
  checks: { readonly [Name in keyof Settings]: Check },
  defaults: Settings,
): Settings {
  if (options === undefined) return defaults;
  if (typeof options !== 'object' || options === null || isArray(options)) {
    throw new Error(`${caller}: the options must be an object, but are ${describeValue(options)}.`);
  }
  const problems: string[] = [];
  const read: Record<string, unknown> = Object.fromEntries(Object.entries(defaults));
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(checks, name)) {
      problems.push(`there is no option ${name}; there are ${Object.keys(checks).join(', ')}`);
      continue;
    }
    const [isRight, wanted] = checks[name as keyof Settings];
    if (isRight(value)) read[name] = value;
    else problems.push(`${name} ${wanted}, but is ${quoteValue(value)}`);
  }
  if (problems.length > 0) throw new Error(`${caller}: ${problems.join('; ')}.`);
  return read as Settings;
}

function isListOf(shape: RegExp): (value: unknown) => boolean {
  return (value) => isArray(value) && value.every((item) => typeof item === 'string' && shape.test(item));
}
