import { nearestName } from '../../base/describe.js';
import type { PutEventsRequestEntry } from '../../events/entry.js';
import type { Envelope } from '../../events/envelope.js';
import type { Difference } from '../../patterns/explain/explain-pattern.js';
import { compilePattern } from '../../patterns/reference/compile-pattern.js';
import { UsageError } from '../command-io.js';
import { hintFor } from '../explain/hint-for.js';
import { indent, plainText } from '../terminal.js';
import { readError, requestServer } from './server-client.js';

const margin = 4;

/** What a server explains. */
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

/** Throws an UnusableInput for a server that explains nothing, before anything is put there. */
export async function assertExplains(endpoint: string): Promise<void> {
  const example = { event: { source: 'footbridge', 'detail-type': 'footbridge' } };
  if (typeof (await requestExplanation(endpoint, example)) === 'object') return;
  throw new UsageError(`${endpoint} explains nothing: --explain needs a server that footbridge runs`);
}

/** Why an entry that was put reaches what it reaches, with the hints that `explain` has, as indented lines. */
export async function explainEntry(
  { endpoint, rules }: { readonly endpoint: string; readonly rules: ServerRules },
  { Source, DetailType, Detail = '{}', Resources, EventBusName }: PutEventsRequestEntry,
  eventId: string,
): Promise<string> {
  // By its id the server finds what it has accepted; what a bus that does not exist was sent it takes from here.
  const event = {
    id: eventId,
    source: Source,
    'detail-type': DetailType,
    detail: JSON.parse(Detail),
    resources: Resources,
  };
  const answer = await requestExplanation(endpoint, { event, bus: EventBusName });
  const lines =
    typeof answer === 'object' ? [...(await withHints(answer, rules)), ...(await busHint(answer, rules))] : [answer];
  return `${indent(lines.map(plainText).join('\n'), margin)}\n`;
}

/** The answer's lines, with a hint below each difference that has one. */
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

/** Of an event that nothing wants where it is: the rules of other buses that would, or the bus that was meant. */
async function busHint(
  { bus, busExists, event, routes }: ServerExplanation,
  rules: ServerRules,
): Promise<readonly string[]> {
  if (routes.some(({ matches }) => matches)) return [];
  const buses = await rules.buses();
  const meant = busExists ? undefined : nearestName(bus, buses);
  if (meant !== undefined) return [`  hint: there is a bus ${meant}`];
  const eventText = JSON.stringify(event);
  for (const other of buses) {
    if (other === bus) continue;
    const wanting = (await rules.rulesOf(other)).find((rule) => matchesRule(rule, eventText));
    if (wanting === undefined) continue;
    const how = other === 'default' ? 'leave EventBusName out' : `put it with EventBusName "${other}"`;
    return [`  hint: rule ${wanting.Name} on bus ${other} wants it: ${how}`];
  }
  return [];
}

function matchesRule({ EventPattern, State }: ServerRule, eventText: string): boolean {
  if (EventPattern === undefined || State === 'DISABLED') return false;
  try {
    return compilePattern(EventPattern).test(eventText);
  } catch {
    // Of a server with another idea of patterns.
    return false;
  }
}

/** What the server says, or why it says nothing. */
async function requestExplanation(endpoint: string, question: object): Promise<ServerExplanation | string> {
  const response = await requestServer({ url: `${endpoint}/_footbridge/explain`, body: JSON.stringify(question) });
  const answer = await response.text();
  if (!response.ok) return readError(response.status, answer).message;
  try {
    const found = JSON.parse(answer) as Partial<ServerExplanation> | null;
    return typeof found?.text === 'string' && Array.isArray(found.routes) ? (found as ServerExplanation) : '';
  } catch {
    return '';
  }
}

/** What is asked of a rule of a server. */
export interface ServerRule {
  readonly Name: string;
  readonly EventPattern?: string;
  readonly State?: string;
}

/** The buses of a server and their rules, each asked for once. */
export interface ServerRules {
  buses(): Promise<readonly string[]>;
  rulesOf(bus: string): Promise<readonly ServerRule[]>;
}

type Page = Readonly<Record<string, unknown>> & { readonly NextToken?: unknown };

const maxPages = 100;

/** A server that refuses to list has none. */
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
    const answer = (await response.json().catch(() => undefined)) as Page | undefined;
    const items = response.ok ? answer?.[member] : undefined;
    if (!Array.isArray(items)) break;
    all.push(...items);
    token = answer?.NextToken;
    if (token === undefined || token === null) break;
  }
  return all;
}
