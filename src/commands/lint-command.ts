import { lintTemplate } from '../templates/lint/lint-template.js';
import type { CommandIo, ExitCode } from './command-io.js';
import { lintFormats } from './lint-formats.js';
import { readCommandLine } from './read-command-line.js';
import { readTemplates } from './read-templates.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { UnusableInput } from './unusable-input.js';

/** `lint FILES…`: what the service would refuse of templates, and what would come to nothing. Answers 1 for an error. */
export async function lintCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('lint', args, { format: 'text', ...templateOptions });
  if (words.length === 0) throw new UnusableInput('lint takes FILES; none given');
  const format = readFormat(options.format);
  const templates = await readTemplates(words, await readTemplateOptions(options, io), io);
  const findings = templates.flatMap((template) =>
    lintTemplate(template).map((finding) => ({ ...finding, file: finding.file ?? template.file })),
  );
  io.write(format(findings, io.color));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function readFormat(given = 'stylish') {
  const names = Object.keys(lintFormats) as (keyof typeof lintFormats)[];
  const name = names.find((known) => known === given);
  if (name !== undefined) return lintFormats[name];
  throw new UnusableInput(`--format must be ${names.join(', ')}, but is ${JSON.stringify(given)}`);
}
