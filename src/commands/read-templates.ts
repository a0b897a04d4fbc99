import { type CheckedTemplate, checkTemplate } from '../templates/check-template.js';
import { TemplateError, type TemplateProblem } from '../templates/template-error.js';
import { type CommandIo, UsageError } from './command-io.js';
import { findFiles } from './find-files.js';
import { readArgument } from './read-input.js';
import { type TemplateOptions, unknownParameters } from './template-options.js';

/** A template, with the name of its file. */
export interface ReadTemplate extends CheckedTemplate {
  readonly file: string;
}

/** Reads the templates that names and globs stand for. Throws an UnusableInput for a file that cannot be read. */
export async function readTemplates(
  names: readonly string[],
  options: TemplateOptions,
  io: CommandIo,
): Promise<readonly ReadTemplate[]> {
  const read: ReadTemplate[] = [];
  const texts: string[] = [];
  for (const name of await findFiles(names, io)) {
    const { text, file } = await readTemplateFile(name, io);
    texts.push(text);
    read.push({ file, ...(await checkTemplate({ text, file }, options)) });
  }
  warnUnknownParameters(options, texts, io);
  return read;
}

/** Says on standard error which parameters were given for nothing. */
export function warnUnknownParameters(options: TemplateOptions, texts: readonly string[], io: CommandIo): void {
  for (const name of unknownParameters(options, texts)) {
    io.writeError(`footbridge: no template has a parameter ${name}\n`);
  }
}

/** A template's text, and its name for sentences. */
export async function readTemplateFile(name: string, io: CommandIo): Promise<{ text: string; file: string }> {
  const { text, origin } = await readArgument(name, io);
  return { text, file: origin === '' ? 'the template' : origin.replace(/: $/, '') };
}

/** Throws an UnusableInput that says all that is wrong with the templates, with its places. */
export function assertNoProblems(templates: readonly ReadTemplate[]): void {
  const problems = templates.flatMap((template) => template.problems);
  if (problems.length > 0) throw new UsageError(formatTemplateProblems(problems));
}

const maxMessageLength = 1000;

/** All that is wrong with templates, a line each, with the option that would mend it. */
export function formatTemplateProblems(problems: readonly TemplateProblem[]): string {
  const told = problems.map((problem) => {
    const hint = problem.gap?.parameter === undefined ? '' : ` (${parameterHint(problem.gap.parameter)})`;
    const { message } = problem;
    const text = message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;
    return { ...problem, message: text + hint };
  });
  return new TemplateError(told).message;
}

/** What the command line says to give a parameter. */
export function parameterHint(name: string): string {
  return `--parameter ${quoteForShell(`${name}=VALUE`)} says it`;
}

/** As a shell reads it back. */
function quoteForShell(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
