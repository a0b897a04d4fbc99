import type { AccountRegion } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import { describeValue } from '../../base/unknown-value.js';
import { readCallOptions } from '../../core/call-options.js';

import type { ReadOptions, UnresolvedPolicy } from '../cloudformation/cloud-template.js';

/** How a template is loaded. */
export interface LoadOptions {
  /**
   * Values of the template's parameters, by name; of `opt:` and `param:` variables in serverless.yml. Also what is outside
   * of the template: values that other stacks export (by the export's name), dynamic references (`'ssm:/orders/bus'` for
   * `{{resolve:ssm:/orders/bus}}`), other variables of serverless.yml (`'env:TABLE'`), and attributes that only AWS knows (`'Database.Endpoint'`).
   */
  readonly parameters?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined;
  /** AWS::StackName: that of serverless.yml, or `'stack'`. If given, it also identifies the stack of which the template is a new version. */
  readonly stackName?: string | undefined;
  /** AWS::AccountId, 12 digits. The bridge's; with another one the ARNs of functions and queues are of that account, and buses still the bridge's. */
  readonly account?: string | undefined;
  /** AWS::Region. The bridge's; as with `account`. */
  readonly region?: string | undefined;
}

/** Throws a ValidationException that names what is wrong. */
export function readLoadOptions(
  home: AccountRegion,
  given: LoadOptions | undefined,
  unresolved: UnresolvedPolicy = 'opaque',
): ReadOptions {
  const read = readCallOptions<LoadOptions>('loadTemplate', given, {
    parameters: { holds: (value) => typeof value === 'object', wanted: 'an object' },
    stackName: {
      holds: (value) => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(value),
      wanted: 'a name of letters, digits and dashes that begins with a letter',
    },
    account: { holds: (value) => typeof value === 'string' && /^\d{12}$/.test(value), wanted: '12 digits' },
    region: {
      holds: (value) => typeof value === 'string' && /^[a-z]+-[a-z]+-[\w-]+$/.test(value),
      wanted: 'a region such as "eu-west-1"',
    },
  });
  return {
    account: read.account ?? home.account,
    region: read.region ?? home.region,
    stackName: read.stackName,
    parameters: new Map(parametersOf(read.parameters ?? {})),
    unresolved,
  };
}

function parametersOf(given: object): [string, string][] {
  let entries: [string, unknown][];
  try {
    entries = Object.entries(given);
  } catch {
    throw invalid('loadTemplate: the parameters cannot be read.');
  }
  return entries.flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [[name, value.join(',')]];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return [[name, String(value)]];
    throw invalid(
      `loadTemplate: parameters[${JSON.stringify(name)}] must be a string, a number, a boolean or a list of strings, but is ${describeValue(value)}.`,
    );
  });
}
