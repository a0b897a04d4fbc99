import type { Target } from '../model/target.js';
import {
  type InputSource,
  type InputTemplate,
  maxInputLength,
  parseTemplate,
  renderTemplate,
  type Variables,
  variablesOf,
} from './input-template.js';
import { JsonSlice, jsonValues, parsePath, selectPath } from './json-slice.js';

/** What a target is sent, or why it is sent nothing. */
export type InputResult =
  | { readonly kind: 'body'; readonly text: string }
  | {
      readonly kind: 'failed';
      readonly errorCode: 'INVALID_JSON';
      readonly errorMessage: string;
      /** What a dead letter holds; absent for what is too long. */
      readonly text: string | undefined;
      /** What to do about it, in Footbridge's words. */
      readonly hint: string | undefined;
    };

/** The members of a target that its input depends on. */
export type InputOptions = Pick<Target, 'Id' | 'Input' | 'InputPath' | 'InputTransformer'>;

/** Makes a target's input: the same from the same event each time. Throws nothing. */
export type InputBuilder = (source: InputSource) => InputResult;

/** Reads the path or template of a target, once for all events; `undefined` if it is sent each event as it is. */
export function compileInput({ Input, InputPath, InputTransformer }: InputOptions): InputBuilder | undefined {
  if (Input !== undefined) return () => body(Input);
  if (InputPath !== undefined) return compilePath(InputPath);
  return InputTransformer && compileTransformer(InputTransformer);
}

/** A path that selects nothing or null, and an empty one, make `{}`. */
function compilePath(inputPath: string): InputBuilder {
  const path = parsePath(inputPath);
  return ({ event }) => {
    const selected = path && selectPath(new JsonSlice(event.text), path);
    return body(selected === undefined || selected === 'null' ? '{}' : selected);
  };
}

function compileTransformer({ InputPathsMap, InputTemplate }: NonNullable<Target['InputTransformer']>): InputBuilder {
  const template = parseTemplate(InputTemplate ?? '', InputPathsMap);
  return (source) => {
    const variables = variablesOf(template, source);
    const text = renderTemplate(template, variables);
    if (text === undefined) return failed(undefined, `It is longer than ${maxInputLength} characters.`);
    return isJson(text) ? body(text) : failed(text, quotingHint(template, variables));
  };
}

/** One JSON value, or several after each other: a template may have one a line. */
function isJson(text: string): boolean {
  return canParse(text) || jsonValues(text).every(({ start, end }) => canParse(text.slice(start, end)));
}

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The usual reasons why a template makes no JSON. */
function quotingHint({ kind, pieces }: InputTemplate, variables: Variables): string | undefined {
  for (const piece of pieces) {
    const json = piece.kind === 'variable' ? variables(piece.name) : undefined;
    if (piece.kind === 'text' || json === undefined) continue;
    const { name, isQuoted } = piece;
    const what = json.startsWith('{') ? 'an object' : json.startsWith('[') ? 'an array' : undefined;
    if (isQuoted && kind === 'json' && what !== undefined) {
      return `<${name}> is ${what}: write it without quotes around it.`;
    }
    if (kind === 'text' && (what !== undefined || json.startsWith('"'))) {
      const type = what ?? 'a string';
      if (!isQuoted) return `<${name}> is ${type}: only a template that begins with { writes it as JSON.`;
      if (json.includes('\\'))
        return `<${name}> has characters that need an escape: only a template that begins with { escapes them.`;
    }
  }
  return undefined;
}

function body(text: string): InputResult {
  return { kind: 'body', text };
}

/** The code and the sentence are captured. */
function failed(text: string | undefined, hint: string | undefined): InputResult {
  return { kind: 'failed', errorCode: 'INVALID_JSON', errorMessage: 'Invalid input for target.', text, hint };
}
