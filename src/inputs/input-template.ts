import { decodeString } from '../base/json/json-scalars.js';

/** An InputTemplate, taken apart. */
export interface InputTemplate {
  /** A template that begins with a quote is text, with its quotes; every other one must become JSON. */
  readonly kind: 'string' | 'json';
  readonly pieces: readonly TemplatePiece[];
}

export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly isQuoted: boolean };

/** The JSON text of a variable; `undefined` for one whose path selects nothing. */
export type Variables = (name: string) => string | undefined;

/** Above this many characters a text is not made: a few kilobytes of placeholders could ask for gigabytes. */
export const longestInput = 16 * 1024 * 1024;

// A `<` that no name and `>` follow is text. Blanks and quotes are in no name: `1 < 2 and 3 > 2` is text too.
const mark = /\\["\\]|"|<([^<>\s"]+)>/gu;

export function parseTemplate(text: string): InputTemplate {
  const pieces: TemplatePiece[] = [];
  let from = 0;
  let isQuoted = false;
  for (const match of text.matchAll(mark)) {
    const [found, name] = match;
    if (found === '"') isQuoted = !isQuoted;
    if (name === undefined) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'variable', name, isQuoted });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return { kind: /^\s*"/u.test(text) ? 'string' : 'json', pieces };
}

// A string, or a placeholder outside of strings, and the colon that makes it the name of a member.
const nameOrValue = /("(?:\\.|[^"\\])*"?|<[^<>\s"]+>)(\s*:)?/gsu;

/** The first placeholder of a JSON template that stands in the name of a member, `undefined` if none does. */
export function placeholderInName(template: string): string | undefined {
  for (const [, text = '', colon] of template.matchAll(nameOrValue)) {
    const [, name] = (colon !== undefined && /<([^<>\s"]+)>/u.exec(text)) || [];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The template with its variables filled in, an empty string for a missing one; `undefined` if that would be too long. */
export function renderTemplate({ kind, pieces }: InputTemplate, variables: Variables): string | undefined {
  let result = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') result += piece.text;
    else if (kind === 'json' && !piece.isQuoted) result += variables(piece.name) ?? '""';
    else result += within(kind, variables(piece.name));
    if (result.length > longestInput) return undefined;
  }
  return result;
}

/**
 * A value within a text. Strings are not escaped, on AWS neither. Objects and arrays lose their quotes in a string
 * template and keep them in the strings of a JSON template, which is then no JSON any more: both recorded.
 */
function within(kind: InputTemplate['kind'], json: string | undefined): string {
  if (json === undefined) return '';
  if (json.startsWith('"')) return decodeString(json, 1, json.length - 1);
  return kind === 'string' ? json.replaceAll('"', '') : json;
}
