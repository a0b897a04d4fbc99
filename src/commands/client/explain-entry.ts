import { nearestName } from '../../base/describe.js';
import { escapeLine } from '../../base/escape-controls.js';
import type { PutEventsRequestEntry } from '../../events/entry.js';
import type { Envelope } from '../../events/envelope.js';
import type { Difference } from '../../patterns/explain/explain-pattern.js';
import { compilePattern } from '../../patterns/reference/compile-pattern.js';
import { indent } from '../../testing/layout.js';
import { UsageError } from '../command-io.js';
import { hintFor } from '../explain/hint-for.js';
import { readError, requestServer } from './server-client.js';

const margin = 4;

/** What a server returns for an explanation. */
interface ServerExplanation {
  readonly bus: string;
  readonly busExists: boolean;
  readonly event: Envelope;
  readonly routes: readonly {
    readonly kind: string;
    readonly name: string;
    readonly matches: boolean;
    readonly differences: readonly Difference[];
  }[];
  readonly text: string;
}

/** Throws a UsageError for a server without explanations, before anything is sent to it. */
export async function assertExplains(endpoint: string): Promise<void> {
  const example = { event: { source: 'footbridge', 'detail-type': 'footbridge' } };
  if (typeof (await requestExplanation(endpoint, example)) === 'object') return;
  throw new UsageError(`${endpoint} has no explanations: --explain needs a server started by footbridge serve`);
}

/** Returns which rules an accepted entry matches and why not others, with the hints of `explain`, as indented lines. */
export async function explainEntry(
  { endpoint, rules }: { readonly endpoint: string; readonly rules: ServerRules },
  { Source, DetailType, Detail = '{}', Resources, EventBusName }: PutEventsRequestEntry,
  eventId: string,
): Promise<string> {
  // The server finds an accepted event by its id. An event for a bus that does not exist it takes from here.
  const event = {
    id: eventId,
    source: Source,
    'detail-type': DetailType,
    detail: JSON.parse(Detail),
    resources: Resources,
  };
  const explanation = await requestExplanation(endpoint, { event, bus: EventBusName });
  const lines =
    typeof explanation === 'object'
      ? [...(await withHints(explanation, rules)), ...(await busHint(explanation, rules))]
      : [explanation];
  return `${indent(lines.map(escapeLine).join('\n'), margin)}\n`;
}

/** Returns the lines of the explanation, with a hint below each difference that has one. */
async function withHints(
  { bus, busExists, event, routes, text }: ServerExplanation,
  rules: ServerRules,
): Promise<string[]> {
  const lines = text.split('\n');
  const known = busExists ? await rules.rulesOf(bus) : [];
  const eventText = JSON.stringify(event);
  let at = 0;
  for (const { kind, name, matches, differences } of routes) {
    const pattern = kind === 'rule' && !matches ? patternOf(known, name) : undefined;
    if (pattern === undefined) continue;
    for (const difference of differences) {
      const hint = hintFor(difference, pattern, eventText);
      const [message = ''] = difference.message.split('\n');
      const found = lines.findIndex((line, i) => i >= at && line.trim() === message.trim());
      if (found === -1) continue;
      at = found + 1;
      if (hint !== undefined) lines.splice(at, 0, `${/^ */.exec(lines[found] as string)?.[0]}hint: ${hint}`);
    }
  }
  return lines;
}

function patternOf(rules: readonly ServerRule[], name: string): string | undefined {
  return rules.find(({ Name }) => Name === name)?.EventPattern;
}

/** For an event without a match: names a rule of another bus that matches, or the bus that was probably intended. */
async function busHint(
  { bus, busExists, event, routes }: ServerExplanation,
  rules: ServerRules,
): Promise<readonly string[]> {
  if (routes.some(({ matches }) => matches)) return [];
  const buses = await rules.buses();
  const suggestion = busExists ? undefined : nearestName(bus, buses);
  if (suggestion !== undefined) return [`  hint: did you mean bus ${suggestion}?`];
  const eventText = JSON.stringify(event);
  for (const other of buses) {
    if (other === bus) continue;
    const matching = (await rules.rulesOf(other)).find((rule) => matchesRule(rule, eventText));
    if (matching === undefined) continue;
    const how = other === 'default' ? 'leave EventBusName out' : `put it with EventBusName "${other}"`;
    return [`  hint: rule ${matching.Name} on bus ${other} matches: ${how}`];
  }
  return [];
}

function matchesRule({ EventPattern, State }: ServerRule, eventText: string): boolean {
  if (!EventPattern || State === 'DISABLED') return false;
  try {
    return compilePattern(EventPattern).test(eventText);
  } catch {
    // The server may support patterns that are not known here.
    return false;
  }
}

/** Returns the explanation, or the server's error message. */
async function requestExplanation(endpoint: string, input: object): Promise<ServerExplanation | string> {
  const response = await requestServer({ url: `${endpoint}/_footbridge/explain`, body: JSON.stringify(input) });
  const text = await response.text();
  if (!response.ok) return readError(response.status, text).message;
  try {
    const found = JSON.parse(text) as Partial<ServerExplanation> | null;
    return typeof found?.text === 'string' && Array.isArray(found.routes) ? (found as ServerExplanation) : '';
  } catch {
    return '';
  }
}

/** A rule of a server. */
export interface ServerRule {
  readonly Name: string;
  readonly EventPattern?: string;
  readonly State?: string;
}

/** The buses and rules of a server, each requested once. */
export interface ServerRules {
  buses(): Promise<readonly string[]>;
  rulesOf(bus: string): Promise<readonly ServerRule[]>;
}

type Page = Readonly<Record<string, unknown>> & { readonly NextToken?: unknown };

const maxPages = 100;

/** A server that rejects the request has no buses or rules. */
export function serverRules(endpoint: string): ServerRules {
  const rules = new Map<string, Promise<readonly ServerRule[]>>();
  let buses: Promise<readonly string[]> | undefined;
  return {
    buses: () => {
      buses ??= list<{ Name: string }>(endpoint, 'ListEventBuses', {}, 'EventBuses').then((found) =>
        found.map(({ Name }) => Name),
      );
      return buses;
    },
    rulesOf: (bus) => {
      const known = rules.get(bus) ?? list<ServerRule>(endpoint, 'ListRules', { EventBusName: bus }, 'Rules');
      rules.set(bus, known);
      return known;
    },
  };
}

async function list<Item>(endpoint: string, operation: string, input: object, member: string): Promise<Item[]> {
  const all: Item[] = [];
  let token: unknown;
  for (let page = 0; page < maxPages; page++) {
    const response = await requestServer({
      url: `${endpoint}/`,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSEvents.${operation}` },
      body: JSON.stringify({ ...input, ...(token === undefined ? {} : { NextToken: token }) }),
    });
    const result = (await response.json().catch(() => undefined)) as Page | undefined;
    const items = response.ok ? result?.[member] : undefined;
    if (!Array.isArray(items)) break;
    all.push(...items);
    token = result?.NextToken;
    if (token === undefined || token === null) break;
  }
  return all;
}
