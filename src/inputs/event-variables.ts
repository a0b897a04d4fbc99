import { formatTime } from '../events/envelope.js';
import type { Variables } from './input-template.js';
import { JsonPart } from './json-part.js';
import { type PathStep, parsePath, selectPart } from './json-path.js';

/** What inputs are made from. */
export interface InputSource {
  /** The text is the envelope's, exact and compact. */
  readonly event: { readonly text: string };
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When the bus took the event in, in epoch milliseconds. */
  readonly acceptedAt: number;
}

type Predefined = (source: InputSource, envelope: JsonPart) => string;

/** The variables that every template has, as JSON texts. */
const predefined: ReadonlyMap<string, Predefined> = new Map<string, Predefined>([
  ['aws.events.rule-arn', ({ ruleArn }) => JSON.stringify(ruleArn)],
  ['aws.events.rule-name', ({ ruleName }) => JSON.stringify(ruleName)],
  ['aws.events.event.ingestion-time', ({ acceptedAt }) => JSON.stringify(formatTime(acceptedAt / 1000))],
  ['aws.events.event.json', ({ event }) => event.text],
  ['aws.events.event', (_, envelope) => withoutDetail(envelope)],
]);

/** In the recorded order, with the recorded name for the detail type. The form of its `time` is not known: the event's. */
const headMembers = ['id', 'account', 'detail-type', 'time', 'source', 'region', 'resources', 'version'];

function withoutDetail(envelope: JsonPart): string {
  const members = headMembers.flatMap((name) => {
    const value = envelope.members.get(name);
    return value === undefined ? [] : [`"${name === 'detail-type' ? 'detailType' : name}":${value.text}`];
  });
  return `{${members.join(',')}}`;
}

/** The paths of an InputPathsMap, by the names of their variables. */
export type VariablePaths = ReadonlyMap<string, readonly PathStep[] | undefined>;

export function parsePaths(paths: Readonly<Record<string, string>> = {}): VariablePaths {
  return new Map(Object.entries(paths).map(([name, path]) => [name, parsePath(path)]));
}

export function isKnownVariable(paths: VariablePaths, name: string): boolean {
  return paths.has(name) || predefined.has(name);
}

/** Gives the JSON text of each variable, `undefined` where there is nothing; each is looked for once. */
export function variableReader(paths: VariablePaths, source: InputSource): Variables {
  const envelope = new JsonPart(source.event.text);
  const found = new Map<string, string | undefined>();
  return (name) => {
    if (!found.has(name)) {
      const path = paths.get(name);
      found.set(name, path === undefined ? predefined.get(name)?.(source, envelope) : selectPart(envelope, path));
    }
    return found.get(name);
  };
}
