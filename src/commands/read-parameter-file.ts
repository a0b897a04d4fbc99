import { findJsonError } from '../base/json/json-reader.js';
import { lineAndColumn } from '../base/json/json-syntax-error.js';
import type { CommandIo } from './command-io.js';
import { notJson } from './not-json.js';
import { readArgument } from './read-argument.js';
import { UnusableInput } from './unusable-input.js';

type Entry = [string, string | number | boolean | readonly string[]];

/**
 * The values of parameters in a JSON file: `{ "Stage": "dev" }`; the same as `Parameters`, as CodePipeline has it; or
 * `[{ "ParameterKey": "Stage", "ParameterValue": "dev" }]`, as the AWS CLI has it.
 */
export async function readParameterFile(file: string, io: CommandIo): Promise<readonly Entry[]> {
  const { text, origin } = await readArgument(file, io);
  const error = findJsonError(text);
  if (error !== undefined) throw notJson(origin, error.reason, lineAndColumn(text, error.offset));
  return entriesOf(JSON.parse(text)).map(([name, value]): Entry => {
    if (isValue(value)) return [name, value];
    const wanted = 'text, a number, a boolean or a list of texts';
    throw new UnusableInput(`${origin}the parameter ${name} must be ${wanted}, but is ${JSON.stringify(value)}`);
  });
}

function entriesOf(given: unknown): readonly [string, unknown][] {
  if (Array.isArray(given)) {
    return given.map((one) => {
      const { ParameterKey, ParameterValue } = (one ?? {}) as Readonly<Record<string, unknown>>;
      if (typeof ParameterKey === 'string') return [ParameterKey, ParameterValue];
      throw new UnusableInput(`a parameter of a list must have a ParameterKey, but is ${JSON.stringify(one)}`);
    });
  }
  if (typeof given !== 'object' || given === null) {
    throw new UnusableInput(`parameters must be an object or a list, but are ${JSON.stringify(given)}`);
  }
  const { Parameters: within } = given as { Parameters?: unknown };
  return Object.entries(typeof within === 'object' && within !== null ? within : given);
}

function isValue(value: unknown): value is Entry[1] {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  );
}
