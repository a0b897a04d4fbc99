import { askServer } from './ask-server.js';

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

const mostPages = 100;

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
  for (let page = 0; page < mostPages; page++) {
    const response = await askServer({
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
