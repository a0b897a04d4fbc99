import type { RuleDraft } from '../templates/deploy/deployment.js';
import { TemplateError, type TemplateProblem } from '../templates/document/template-problem.js';
import { type CheckedTemplate, checkTemplates } from '../templates/lint/check-template.js';
import type { TemplateText } from '../templates/load/parse-text.js';
import { type CommandIo, UsageError } from './command-io.js';
import { findFiles } from './find-files.js';
import { readArgument } from './read-input.js';
import { type TemplateOptions, unknownParameters } from './template-options.js';

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
  const texts: (TemplateText & { readonly file: string })[] = [];
  for (const name of await findFiles(names, io)) texts.push(await readTemplateFile(name, io));
  const checked = await checkTemplates(texts, options);
  warnUnknownParameters(
    options,
    texts.map(({ text }) => text),
    io,
  );
  return checked.map((template, index) => ({ ...template, file: texts[index]?.file ?? '' }));
}

/** Logs the parameters that occur in no template. */
export function warnUnknownParameters(options: TemplateOptions, texts: readonly string[], io: CommandIo): void {
  for (const name of unknownParameters(options, texts)) {
    io.writeError(`footbridge: no template has a parameter ${name}\n`);
  }
}

/** Reads a template's text and its name for messages. */
export async function readTemplateFile(name: string, io: CommandIo): Promise<TemplateText & { readonly file: string }> {
  const { text, origin } = await readArgument(name, io);
  const readFile = (file: string) => io.readFile(file).catch(() => undefined);
  return { text, file: origin === '' ? 'the template' : origin.replace(/: $/, ''), readFile };
}

/** Throws a UsageError that lists every problem of the templates, or of the rules asked for, with its location. */
export function assertNoProblems(templates: readonly ReadTemplate[], asked: readonly string[] = []): void {
  const some = asked.length === 0 ? [] : templates.map((template) => problemsOf(template, asked));
  const isFound = some.some((found) => found !== undefined);
  const problems = isFound ? some.flatMap((found) => found ?? []) : templates.flatMap((template) => template.problems);
  if (problems.length > 0) throw new UsageError(formatTemplateProblems(problems));
}

/** The problems that concern some rules; `undefined` if the template has none of them. */
function problemsOf(template: ReadTemplate, asked: readonly string[]): readonly TemplateProblem[] | undefined {
  const isAsked = ({ resource, name }: RuleDraft) =>
    [resource.logicalId, name, ...resource.names].some((known) => asked.includes(known));
  const rules = template.drafts.filter(isAsked);
  if (rules.length === 0) return undefined;
  const isUnresolved = rules.some(({ hasPlaceholder }) => hasPlaceholder);
  const paths = rules.map(({ resource }) => resource.location.path);
  return template.problems.filter(({ code, path }) => {
    if (code !== undefined && isUnresolved) return true;
    return paths.some((own) => path === own || path.startsWith(`${own}.`));
  });
}

const maxMessageLength = 1000;

/** Returns the problems of templates, one a line, with the option that would solve each. */
export function formatTemplateProblems(problems: readonly TemplateProblem[]): string {
  const problemsWithHints = problems.map((problem) => {
    const hint = problem.parameter === undefined ? '' : ` (${parameterHint(problem.parameter)})`;
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
