import type { AccountRegion } from '../base/arn.js';
import { findJsonError } from '../base/json/json-reader.js';
import { lineAndColumn } from '../base/json/json-syntax-error.js';
import { isServiceError } from '../base/service-error.js';
import { defaults } from '../bridge/options.js';
import { type LoadOptions, readLoadOptions } from '../templates/load/load-options.js';
import { type CommandIo, UsageError } from './command-io.js';
import { invalidJsonError, readArgument } from './read-input.js';

/** The options of every command that reads templates. */
export const templateOptions = {
  parameter: 'list',
  parameters: 'list',
  'stack-name': 'text',
  account: 'text',
  region: 'text',
} as const;

/** Their values on the command line. */
export interface GivenTemplateOptions {
  readonly parameter: readonly string[];
  readonly parameters: readonly string[];
  readonly 'stack-name': string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** How templates are read. Events without an account or region get those of the templates. */
export interface TemplateOptions extends LoadOptions, AccountRegion {
  readonly account: string;
  readonly region: string;
  /** Names of the parameters given by --parameter. */
  readonly named: readonly string[];
}

const names: Readonly<Record<string, string>> = {
  account: '--account',
  region: '--region',
  stackName: '--stack-name',
};

/** A `--parameter` overrides a file of `--parameters`, and a later file overrides an earlier one. */
export async function readTemplateOptions(given: GivenTemplateOptions, io: CommandIo): Promise<TemplateOptions> {
  const { account = defaults.account, region = defaults.region, 'stack-name': stackName } = given;
  const files = await Promise.all(given.parameters.map((file) => readParameterFile(file, io)));
  const own = readParameters(given.parameter);
  const parameters = Object.fromEntries([...files.flat(), ...own]);
  const options = { account, region, stackName, parameters, named: own.map(([name]) => name) };
  try {
    readLoadOptions(defaults, options);
  } catch (error) {
    if (!isServiceError(error)) throw error;
    throw new UsageError(error.message.replace(/^loadTemplate: (\w+)/, (all, name) => names[name] ?? all));
  }
  return options;
}

/** Reads `NAME=VALUE`. Throws a UsageError for a name that is given twice. */
function readParameters(given: readonly string[]): readonly [string, string][] {
  const seen = new Set<string>();
  return given.map((parameter) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(parameter) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`--parameter must be NAME=VALUE, but is ${JSON.stringify(parameter)}`);
    }
    if (seen.has(name)) throw new UsageError(`--parameter ${name} is given twice`);
    seen.add(name);
    return [name, value];
  });
}

/**
 * Returns the parameters of the command line that occur in no template, because they are misspelled. Names of exports, references
 * and attributes have other characters and are left out: a template may assemble them.
 */
export function unknownParameters({ named }: TemplateOptions, texts: readonly string[]): readonly string[] {
  const isIn = (name: string) => texts.some((text) => text.includes(name));
  return named.filter((name) => /^[A-Za-z0-9]+$/.test(name) && !isIn(name));
}

type ParameterEntry = [string, string | number | boolean | readonly string[]];

/**
 * Reads parameters from a JSON file: `{ "Stage": "dev" }`, the same in `Parameters`, as CodePipeline has it, or
 * `[{ "ParameterKey": "Stage", "ParameterValue": "dev" }]`, as the AWS CLI has it.
 */
export async function readParameterFile(file: string, io: CommandIo): Promise<readonly ParameterEntry[]> {
  const { text, origin } = await readArgument(file, io);
  const error = findJsonError(text);
  if (error !== undefined) throw invalidJsonError(origin, error.reason, lineAndColumn(text, error.offset));
  return entriesOf(JSON.parse(text)).map(([name, value]): ParameterEntry => {
    if (isValue(value)) return [name, value];
    const expected = 'a string, a number, a boolean or a list of strings';
    throw new UsageError(`${origin}the parameter ${name} must be ${expected}, but is ${JSON.stringify(value)}`);
  });
}

function entriesOf(given: unknown): readonly [string, unknown][] {
  if (Array.isArray(given)) {
    return given.map((one) => {
      const { ParameterKey, ParameterValue } = (one ?? {}) as Readonly<Record<string, unknown>>;
      if (typeof ParameterKey === 'string') return [ParameterKey, ParameterValue];
      throw new UsageError(`a parameter of a list must have a ParameterKey, but is ${JSON.stringify(one)}`);
    });
  }
  if (typeof given !== 'object' || given === null) {
    throw new UsageError(`parameters must be an object or a list, but are ${JSON.stringify(given)}`);
  }
  const { Parameters: within } = given as { Parameters?: unknown };
  return Object.entries(typeof within === 'object' && within !== null ? within : given);
}

function isValue(value: unknown): value is ParameterEntry[1] {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  );
}
