import { findJsonError } from '../base/json/json-reader.js';
import { lineAndColumn } from '../base/json/json-syntax-error.js';
import type { Target } from '../model/target.js';
import { type InputSource, parsePaths, variableReader } from './event-variables.js';
import { type InputTemplate, longestInput, parseTemplate, renderTemplate, type Variables } from './input-template.js';
import { JsonPart } from './json-part.js';
import { parsePath, selectPart } from './json-path.js';

/** What a target is sent: a text, or the reason that there is none. */
export type TargetInput =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'failed'; readonly errorCode: 'INVALID_JSON'; readonly errorMessage: string };

/** The members of a target that its input depends on. */
export type InputOptions = Pick<Target, 'Id' | 'Input' | 'InputPath' | 'InputTransformer'>;

/** Makes what a target is sent: the same of the same event each time. Throws nothing. */
export type MakeInput = (source: InputSource) => TargetInput;

/** Reads the path or template of a target, once for all events; `undefined` if it is sent each event as it is. */
export function compileInput({ Id, Input, InputPath, InputTransformer }: InputOptions): MakeInput | undefined {
  if (Input !== undefined) return () => body(Input);
  if (InputPath !== undefined) return compilePath(Id, InputPath);
  return InputTransformer && compileTransformer(Id, InputTransformer);
}

/** What the service delivers for a path that selects nothing was never recorded: Footbridge delivers nothing, and says so. */
function compilePath(id: string | undefined, inputPath: string): MakeInput {
  const path = parsePath(inputPath);
  if (path === undefined) {
    return () => failed(`InputPath for target ${id} is no path such as $.detail.items[0].name: ${inputPath}`);
  }
  return ({ event }) => {
    const selected = selectPart(new JsonPart(event.text), path);
    return selected === undefined
      ? failed(`InputPath for target ${id} selects nothing of the event: ${inputPath}`)
      : body(selected);
  };
}

function compileTransformer(
  id: string | undefined,
  { InputPathsMap, InputTemplate = '' }: NonNullable<Target['InputTransformer']>,
): MakeInput {
  const paths = parsePaths(InputPathsMap);
  const template = parseTemplate(InputTemplate);
  return (source) => {
    const variables = variableReader(paths, source);
    const text = renderTemplate(template, variables);
    if (text === undefined) {
      return failed(`InputTemplate for target ${id} makes more than ${longestInput} characters of the event.`);
    }
    if (template.kind === 'string' || isJson(text)) return body(text);
    return failed(`InputTemplate for target ${id} makes no JSON of the event: ${whyNot(text, template, variables)}`);
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function whyNot(text: string, template: InputTemplate, variables: Variables): string {
  const error = findJsonError(text);
  if (error === undefined) return 'It is nested too deeply.';
  const { line, column } = lineAndColumn(text, error.offset);
  return `${error.reason}; line: ${line}, column: ${column}.${quotedValue(template, variables)}`;
}

/** The usual reason: within quotes stands what needs none. */
function quotedValue({ pieces }: InputTemplate, variables: Variables): string {
  for (const piece of pieces) {
    const value = piece.kind === 'variable' && piece.isQuoted ? variables(piece.name) : undefined;
    const what = value === undefined ? undefined : unquotable(value);
    if (piece.kind === 'variable' && what !== undefined) {
      return ` <${piece.name}> is ${what}: write it without quotes around it.`;
    }
  }
  return '';
}

function unquotable(json: string): string | undefined {
  if (json.startsWith('{')) return 'an object';
  if (json.startsWith('[')) return 'an array';
  return json.includes('\\') ? 'a string with characters that need an escape' : undefined;
}

function body(text: string): TargetInput {
  return { kind: 'body', text };
}

function failed(errorMessage: string): TargetInput {
  return { kind: 'failed', errorCode: 'INVALID_JSON', errorMessage };
}
