import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';

/** A call, or a step of the test: `@clock` sets the time, `@advance` lets seconds pass, `@idle` waits, `@keep` keeps the first ARNs. */
type Step = readonly [name: string, input: StepInput];

interface StepInput {
  readonly now?: string;
  readonly seconds?: number;
  readonly Name?: string;
  readonly [member: string]: unknown;
}

/** What one call returned in a capture, after the calls of its setup. */
export interface CapturedCase {
  readonly name: string;
  readonly source: string;
  /** A string names a list of steps of the file. */
  readonly setup?: readonly (Step | string)[];
  readonly setupMayFail?: boolean;
  readonly op: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
  readonly error?: string;
  readonly message?: string;
}

interface CaseFile {
  readonly setups: Readonly<Record<string, readonly Step[]>>;
  readonly cases: readonly CapturedCase[];
}

export const resources = [
  'event-buses',
  'rules',
  'targets',
  'dead-letter-queues',
  'permissions',
  'archives',
  'replays',
  'connections',
  'api-destinations',
] as const;

/** The cases of a resource, with their setups in full. */
export function casesOf(resource: string): (CapturedCase & { readonly steps: readonly Step[] })[] {
  const file = new URL(`./cases/${resource}.json`, import.meta.url);
  const { setups, cases } = JSON.parse(readFileSync(file, 'utf8')) as CaseFile;
  return cases.map((row) => ({
    ...row,
    steps: (row.setup ?? []).flatMap((step) => (typeof step === 'string' ? (setups[step] as Step[]) : [step])),
  }));
}

/** Runs a case on a new bridge. */
export async function expectCaptured(row: CapturedCase & { readonly steps: readonly Step[] }): Promise<void> {
  const start = row.steps.find(([name]) => name === '@clock')?.[1].now ?? '2026-09-16T00:00:00Z';
  const clock = virtualClock(start);
  await using bridge = createBridge({ clock, onFailedDelivery: 'ignore', onUnhandledTarget: 'ignore' });
  const made = new Map<string, string>();
  const keepsFirst = row.steps.some(([name]) => name === '@keep');
  const call = (name: string, input: unknown) => bridge.invoke(name as never, withTimes(filled(input, made)) as never);
  for (const [name, input] of row.steps) {
    if (name === '@advance') await clock.advance(`${input.seconds ?? 0}s`);
    else if (name === '@idle') await bridge.idle();
    else if (!name.startsWith('@')) {
      try {
        remember(made, input, await call(name, input), keepsFirst);
      } catch (error) {
        if (row.setupMayFail !== true) throw error;
      }
    }
  }
  if (row.error === undefined) {
    const output = await call(row.op, row.input);
    expect(output).toEqual(expected(filled(row.output, made)));
  } else {
    const error = await Promise.resolve(call(row.op, row.input)).then(
      (output) => expect.fail(`It was accepted: ${JSON.stringify(output)}`),
      (error: Error) => error,
    );
    expect({ name: error.name, message: error.message }).toEqual({
      name: row.error,
      message: expected(filled(row.message, made)),
    });
  }
}

function remember(made: Map<string, string>, input: Step[1], output: object, keepsFirst: boolean): void {
  for (const [member, value] of Object.entries(output)) {
    const placeholder = member === 'NextToken' ? '<NextToken>' : `<${member}:${input.Name}>`;
    if (typeof value === 'string' && !(keepsFirst && made.has(placeholder))) made.set(placeholder, value);
  }
}

function filled(value: unknown, made: ReadonlyMap<string, string>): unknown {
  return mapStrings(value, (text) =>
    text.replace(/<[A-Za-z]+:[^>]+>|<NextToken>/g, (placeholder) => made.get(placeholder) ?? placeholder),
  );
}

const times = /^(?:Time|EventStartTime|EventEndTime)$/;

function withTimes(value: unknown): unknown {
  return mapStrings(value, (text, member) => (times.test(member) ? new Date(text) : text));
}

/** With matchers in place of what differs in every account. */
function expected(value: unknown): unknown {
  return mapStrings(value, (text) => {
    if (text === '<time>') return expect.any(Date);
    if (/^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(text)) return new Date(text);
    if (text === '<arn>') return expect.stringMatching(/^arn:/);
    if (text.includes('<id>')) return expect.stringMatching(patternOf(text));
    return text;
  });
}

function patternOf(text: string): RegExp {
  return new RegExp(
    `^${text
      .split('<id>')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+?')}$`,
    's',
  );
}

function mapStrings(value: unknown, map: (text: string, member: string) => unknown, member = ''): unknown {
  if (typeof value === 'string') return map(value, member);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, map, name)]));
}
