import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fetchHandler } from '../../src/fetch.js';
import { type Bridge, createBridge } from '../../src/index.js';
import { ask, served } from '../http/served.js';

/**
 * Requests as clients send them: recorded in November 2026 from the AWS CLI 1.45.11 and 2.9.19, boto3 1.43.11, aws-sdk 2.1693.0,
 * client-eventbridge 3.1168.0 (also with its fetch handler) and client-cloudwatch-events 3.1048.0. Answers are those recorded
 * from the service; a text in angle brackets stands for what is never the same.
 */
interface RequestCase {
  readonly clients: readonly string[];
  readonly target: string;
  /** What is there already: a rule `r`, or that rule with a target. */
  readonly given?: 'rule' | 'target';
  readonly body: string;
  readonly answer: { readonly status: number; readonly body: unknown };
}

const clients = readTable('clients') as Readonly<Record<string, Readonly<Record<string, string>>>>;
const cases = (readTable('requests') as readonly RequestCase[]).flatMap((one) =>
  one.clients.map((client) => ({ ...one, client, name: `${one.target} of ${client}: ${one.body.slice(0, 60)}` })),
);

describe('A request of a client is answered as the service does', () => {
  test('for all that were recorded', () => {
    expect(cases.length).toBe(80);
  });

  test.each(cases)('over fetch: $name', async ({ client, target, given, body, answer }) => {
    const handler = fetchHandler(await bridgeWith(given));
    const headers = { ...clients[client], 'x-amz-target': target };
    const request = new Request('https://events.us-east-1.amazonaws.com/', { method: 'POST', headers, body });
    const response = await handler(request);
    expect({ status: response.status, body: parse(await response.text()) }).toEqual(expected(answer));
    expect(Object.fromEntries(response.headers)).toEqual(answerHeaders);
  });

  test.each(cases)('over a socket: $name', async ({ client, target, given, body, answer }) => {
    const { url } = await served(await bridgeWith(given));
    const headers = { ...clients[client], 'x-amz-target': target };
    const { status, headers: answered, body: text } = await ask(url, { headers, body });
    expect({ status, body: parse(text) }).toEqual(expected(answer));
    expect(answered).toEqual({ ...answerHeaders, connection: 'close' });
  });
});

const answerHeaders = {
  'content-type': 'application/x-amz-json-1.1',
  'content-length': expect.stringMatching(/^\d+$/),
  'x-amzn-requestid': expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
};

function expected({ status, body }: RequestCase['answer']): object {
  return { status, body: body === null ? undefined : JSON.parse(JSON.stringify(body), anyFor) };
}

function anyFor(_: string, value: unknown): unknown {
  if (value === '<seconds>') return expect.any(Number);
  return value === '<id>' ? expect.stringMatching(/^[0-9a-f-]{36}$/) : value;
}

function parse(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

async function bridgeWith(given: RequestCase['given']): Promise<Bridge> {
  const bridge = createBridge({ onUnhandledTarget: 'ignore' });
  if (given === undefined) return bridge;
  await bridge.putRule({ Name: 'r', EventPattern: '{"source":["my.app"]}' });
  if (given === 'rule') return bridge;
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
  await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn }] });
  return bridge;
}

function readTable(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8'));
}
