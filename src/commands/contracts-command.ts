import type { AccountRegion } from '../base/arn.js';
import { escapeLine } from '../base/escape-controls.js';
import { compare } from '../templates/contracts/check-contracts.js';
import type { NamedEvent } from '../templates/contracts/contract-event.js';
import { type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { readCommandLine } from './command-line.js';
import { toExplainInput } from './explain/explain-input.js';
import { findFiles } from './find-files.js';
import { readInputEvents } from './input-events.js';
import { readArgument } from './read-input.js';
import { assertNoProblems, readTemplates } from './read-templates.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { createColors, jsonDocument } from './terminal.js';
import { warnAboutMembers } from './to-entry.js';

/** `contracts --events FILES --rules FILES`: events that match no rule, and rules that match no event. Returns 1 for either. */
export async function contractsCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const kinds = { events: 'list', rules: 'list', ...templateOptions, json: 'flag' } as const;
  const { words, options } = readCommandLine('contracts', args, kinds);
  if (words.length > 0) throw new UsageError(`contracts takes options only; "${words[0]}" is not an option`);
  for (const name of ['events', 'rules'] as const) {
    if (options[name].length === 0) throw new UsageError(`contracts needs --${name} FILES`);
  }
  if (options.events.includes('-') && options.rules.includes('-')) {
    throw new UsageError('standard input can be the events or the rules, not both');
  }
  const settings = await readTemplateOptions(options, io);
  const events = await readEvents(options.events, settings, io);
  const templates = await readTemplates(options.rules, settings, io);
  assertNoProblems(templates);
  const report = compare(
    events,
    templates.flatMap(({ rules }) => rules),
  );
  if (options.json) io.write(jsonDocument({ footbridge: 1, ...report }, 2));
  else io.write(`${colored(report.toString(), report.ok, io.color)}\n`);
  return report.ok ? 0 : 1;
}

async function readEvents(
  names: readonly string[],
  home: AccountRegion,
  io: CommandIo,
): Promise<readonly NamedEvent[]> {
  const events: NamedEvent[] = [];
  for (const name of await findFiles(names, io)) {
    const all = readInputEvents(await readArgument(name, io));
    warnAboutMembers(all, io);
    for (const given of all) {
      const { location: label, event, rejection, bus, busIsNamed } = toExplainInput(given, home, undefined);
      if (event === undefined) {
        throw new UsageError(`${label}: PutEvents rejects it: ${rejection?.ErrorCode}: ${rejection?.ErrorMessage}`);
      }
      events.push({ label, event, bus: busIsNamed ? bus : undefined });
    }
  }
  return events;
}

function colored(text: string, isOk: boolean, color: boolean): string {
  const { green, red } = createColors(color);
  const lines = text.split('\n').map(escapeLine);
  return isOk ? green(lines.join('\n')) : lines.map((line) => line.replace(/^ {2}✗/, `  ${red('✗')}`)).join('\n');
}
