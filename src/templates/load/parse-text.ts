import type { TemplateNode } from '../document/template-node.js';
import { includeFiles, type ReadFile } from './include-files.js';
import { parseTemplate } from './read-template.js';

/** A template's text, and the name of its file for messages. */
export interface TemplateText {
  readonly text: string;
  readonly file: string | undefined;
  /** Reads a file that the template includes, by its path from the template; `undefined` where there is none. */
  readonly readFile?: ReadFile | undefined;
}

/** Parses a template, with the files that it includes. Throws a TemplateError. */
export async function parseText({ text, file, readFile }: TemplateText): Promise<TemplateNode> {
  return includeFiles(parseTemplate(text, file), file, readFile);
}
