import { decodeString } from '../base/json/json-scalars.js';
import { JsonSlice, type PathStep, parsePath, selectPath } from './json-slice.js';

/** What inputs are made from. */
export interface InputSource {
  /** The text is the envelope's, exact and compact. */
  readonly event: { readonly text: string };
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When the bus accepted the event, in epoch milliseconds. */
  readonly acceptedAt: number;
}

/** An InputTransformer, read once for all events. */
export interface InputTemplate {
  /** A template that begins with `{` is JSON. Every other template is text, whatever it contains. */
  readonly kind: 'json' | 'text';
  readonly pieces: readonly TemplatePiece[];
  readonly paths: VariablePaths;
}

export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly isQuoted: boolean };

/** The paths of an InputPathsMap, by the names of their variables; `undefined` for what is not a path. */
type VariablePaths = ReadonlyMap<string, readonly PathStep[] | undefined>;

/** The JSON text of a variable; `undefined` if its path selects nothing. */
export type Variables = (name: string) => string | undefined;

/** The longest input that is made, in characters: a few kilobytes of placeholders could produce gigabytes. */
export const maxInputLength = 16 * 1024 * 1024;

type ReservedVariable = (source: InputSource, envelope: JsonSlice) => string;

/** The variables that every template has, as JSON text. */
const reservedVariables: ReadonlyMap<string, ReservedVariable> = new Map<string, ReservedVariable>([
  ['aws.events.rule-arn', ({ ruleArn }) => JSON.stringify(ruleArn)],
  ['aws.events.rule-name', ({ ruleName }) => JSON.stringify(ruleName)],
  ['aws.events.event.ingestion-time', ({ acceptedAt }) => JSON.stringify(new Date(acceptedAt).toISOString())],
  ['aws.events.event.json', ({ event }) => event.text],
  ['aws.events.event', (_, envelope) => fieldsWithoutDetail(envelope)],
]);

const envelopeFieldNames = ['id', 'account', 'detail-type', 'time', 'source', 'region', 'resources', 'version'];

/** In the recorded order. `detail-type` has another name there, and `time` is a number of milliseconds: both captured. */
function fieldsWithoutDetail(envelope: JsonSlice): string {
  const members = envelopeFieldNames.flatMap((name) => {
    const value = envelope.members.get(name)?.text;
    if (value === undefined) return [];
    if (name === 'time') return [`"time":${Date.parse(JSON.parse(value))}`];
    return [`"${name === 'detail-type' ? 'detailType' : name}":${value}`];
  });
  return `{${members.join(',')}}`;
}

// A quote with or without escape, or a `<`, a name and `>`. Blanks and quotes are in no name: `1 < 2 and 3 > 2` is text.
const quoteOrPlaceholder = /\\["\\]|"|<([^<>\s"]+)>/gu;

/** A name that is neither in the map nor reserved is text. */
export function parseTemplate(text: string, map: Readonly<Record<string, string>> = {}): InputTemplate {
  const paths = new Map(Object.entries(map).map(([name, path]) => [name, parsePath(path)]));
  const pieces: TemplatePiece[] = [];
  let from = 0;
  let isQuoted = false;
  for (const match of text.matchAll(quoteOrPlaceholder)) {
    const [token, name] = match;
    if (token === '"') isQuoted = !isQuoted;
    if (name === undefined || !(paths.has(name) || reservedVariables.has(name))) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'variable', name, isQuoted });
    from = match.index + token.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return { kind: /^\s*\{/u.test(text) ? 'json' : 'text', pieces, paths };
}

/** Every `<name>` of a template, known or not. */
export function placeholdersOf(template: string): string[] {
  return Array.from(template.matchAll(quoteOrPlaceholder), ([, name]) => name).filter((name) => name !== undefined);
}

export function isReservedVariable(name: string): boolean {
  return reservedVariables.has(name);
}

/** Returns the values of the variables of a template; each is looked up once. */
export function variablesOf({ paths }: InputTemplate, source: InputSource): Variables {
  const envelope = new JsonSlice(source.event.text);
  const values = new Map<string, string | undefined>();
  return (name) => {
    if (!values.has(name)) {
      const path = paths.get(name);
      values.set(
        name,
        path === undefined ? reservedVariables.get(name)?.(source, envelope) : selectPath(envelope, path),
      );
    }
    return values.get(name);
  };
}

/** Returns the template with its variables filled in, `undefined` if that would be too long. */
export function renderTemplate({ kind, pieces }: InputTemplate, variables: Variables): string | undefined {
  let result = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') result += piece.text;
    else if (kind === 'text') result += inText(variables(piece.name));
    else result += piece.isQuoted ? inQuotes(variables(piece.name)) : (variables(piece.name) ?? '""');
    if (result.length > maxInputLength) return undefined;
  }
  return result;
}

/** Strings as they are, without escapes; objects and arrays without their quotes. */
function inText(json = ''): string {
  return json.startsWith('"') ? decodeString(json, 1, json.length - 1) : json.replaceAll('"', '');
}

/** Strings with their escapes, everything else as JSON: an object there makes the template something else than JSON. */
function inQuotes(json = ''): string {
  return json.startsWith('"') ? json.slice(1, -1) : json;
}
