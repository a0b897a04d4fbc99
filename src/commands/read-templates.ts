import { type CheckedTemplate, checkTemplate } from '../templates/lint/check-template.js';
import type { CommandIo } from './command-io.js';
import { findFiles } from './find-files.js';
import { readArgument } from './read-argument.js';
import { type TemplateOptions, unknownParameters } from './template-options.js';
import { templateTrouble } from './template-trouble.js';
import { UnusableInput } from './unusable-input.js';

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
  tellUnknownParameters(options, texts, io);
  return read;
}

/** Says on standard error which parameters were given for nothing. */
export function tellUnknownParameters(options: TemplateOptions, texts: readonly string[], io: CommandIo): void {
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
export function requireUsable(templates: readonly ReadTemplate[]): void {
  const problems = templates.flatMap((template) => template.problems);
  if (problems.length > 0) throw new UnusableInput(templateTrouble(problems));
}
