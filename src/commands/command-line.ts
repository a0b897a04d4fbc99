import { nearestName } from '../base/describe.js';
import { UsageError } from './command-io.js';

/** `flag`: without a value · `text`: one value · `list`: one or more values; may be repeated. */
export type OptionKind = 'flag' | 'text' | 'list';

type OptionValue = { flag: boolean; text: string | undefined; list: readonly string[] };

/** The arguments of a command. */
export interface CommandLine<Kinds extends Readonly<Record<string, OptionKind>>> {
  /** Arguments that do not belong to an option. */
  readonly words: readonly string[];
  readonly options: { readonly [Name in keyof Kinds]: OptionValue[Kinds[Name]] };
}

/**
 * Reads `--name`, `--name value` and `--name=value` in any order. Everything after `--` is a word, and `-` always is one. Throws a
 * UsageError that names the option which is unknown, lacks its value, or is given twice.
 */
export function readCommandLine<const Kinds extends Readonly<Record<string, OptionKind>>>(
  command: string,
  args: readonly string[],
  kinds: Kinds,
): CommandLine<Kinds> {
  const names = Object.keys(kinds);
  const words: string[] = [];
  const values = new Map<string, string[]>();
  let at = 0;
  const isOption = (argument: string | undefined) => argument?.startsWith('-') === true && argument !== '-';
  while (at < args.length) {
    const argument = args[at++] as string;
    if (argument === '--') {
      words.push(...args.slice(at));
      break;
    }
    if (!isOption(argument)) {
      words.push(argument);
      continue;
    }
    const [option = '', ...assigned] = argument.split('=');
    const name = option.replace(/^--/, '');
    if (!Object.hasOwn(kinds, name)) throw unknownOption(command, option, names);
    const kind = kinds[name];
    if (values.has(name) && kind !== 'list') throw new UsageError(`${command}: ${option} is given twice`);
    const found = values.get(name) ?? [];
    values.set(name, found);
    if (kind === 'flag') {
      if (assigned.length > 0) throw new UsageError(`${command}: ${option} takes no value`);
      continue;
    }
    if (assigned.length > 0) found.push(assigned.join('='));
    else if (at === args.length || isOption(args[at])) throw new UsageError(`${command}: ${option} needs a value`);
    else found.push(args[at++] as string);
    while (kind === 'list' && assigned.length === 0 && at < args.length && !isOption(args[at])) {
      found.push(args[at++] as string);
    }
  }
  const options = names.map((name) => {
    const found = values.get(name);
    const value = { flag: found !== undefined, text: found?.[0], list: found ?? [] }[kinds[name] as OptionKind];
    return [name, value];
  });
  return { words, options: Object.fromEntries(options) };
}

function unknownOption(command: string, option: string, names: readonly string[]): UsageError {
  const known = names.map((name) => `--${name}`);
  const nearest = nearestName(option, known);
  const hint = nearest === undefined ? `see footbridge ${command} --help` : `did you mean ${nearest}?`;
  return new UsageError(`${command} has no option ${option}; ${hint}`);
}
