import { TemplateError, type TemplateProblem } from '../templates/document/problem.js';
import { checkTemplate, type CheckedTemplate } from '../templates/lint/check-template.js';
import { UsageError, type CommandIo } from './command-io.js';
import { findFiles } from './find-files.js';
import { readArgument } from './read-input.js';
import { unknownParameters, type TemplateOptions } from './template-options.js';

/** A template and the name of its file. */
export interface ReadTemplate extends CheckedTemplate {
  readonly file: string;
}

/** Reads the templates that names and globs refer to. Throws a UsageError for a file that cannot be read. */
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

/** Logs the parameters that occur in no template. */
export function warnUnknownParameters(options: TemplateOptions, texts: readonly string[], io: CommandIo): void {
  for (const name of unknownParameters(options, texts)) {
    io.writeError(`footbridge: no template has a parameter ${name}\n`);
  }
}

/** Reads a template's text and its name for messages. */
export async function readTemplateFile(name: string, io: CommandIo): Promise<{ text: string; file: string }> {
  const { text, origin } = await readArgument(name, io);
  return { text, file: origin === '' ? 'the template' : origin.replace(/: $/, '') };
}

/** Throws a UsageError that lists every problem of the templates, with its location. */
export function assertNoProblems(templates: readonly ReadTemplate[]): void {
  const problems = templates.flatMap((template) => template.problems);
  if (problems.length > 0) throw new UsageError(formatTemplateProblems(problems));
}

const maxMessageLength = 1000;

/** Returns the problems of templates, one a line, with the option that would solve each. */
export function formatTemplateProblems(problems: readonly TemplateProblem[]): string {
  const problemsWithHints = problems.map((problem) => {
    const hint = problem.gap?.parameter === undefined ? '' : ` (${parameterHint(problem.gap.parameter)})`;
    const { message } = problem;
    const text = message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;
    return { ...problem, message: text + hint };
  });
  return new TemplateError(problemsWithHints).message;
}

/** Returns the option that sets a parameter. */
export function parameterHint(name: string): string {
  return `set it with --parameter ${quoteForShell(`${name}=VALUE`)}`;
}

/** Quotes text where a shell needs it. */
function quoteForShell(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
