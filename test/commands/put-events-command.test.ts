import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { createBridge } from '../../src/index.js';
import { served } from '../http/served.js';
import { answering } from './answering.js';
import { recordedIo } from './recorded-io.js';

const entry = '{"Source":"com.shop","DetailType":"Order Placed","Detail":"{\\"total\\":120}"}';
const id = '00000000-0000-4000-8000-000000000001';

describe('put-events', () => {
  test('put-events sends what a file holds, and prints a line for each entry with its id', async () => {
    const bridge = createBridge();
    const { url } = await served(bridge);
    const io = recordedIo({ files: { 'event.json': `[${entry},${entry}]` } });
    expect(await runCommand(['put-events', 'event.json', '--endpoint', url], io)).toBe(0);
    const ids = bridge.history.events().map((event) => event.id);
    expect(io.output()).toBe(ids.map((id, i) => `✓ ${i + 1}  com.shop  Order Placed  ${id}\n`).join(''));
    expect(io.errors()).toBe('');
  });

  test('put-events returns 1 if an entry was rejected, and prints why', async () => {
    const { url } = await served(createBridge());
    const io = recordedIo({ stdin: `${entry}\n{"Source":"aws.s3","DetailType":"x","Detail":{}}` });
    expect(await runCommand(['put-events', '-', '--endpoint', url], io)).toBe(1);
    expect(io.output()).toContain('✗ 2  aws.s3  x  NotAuthorizedForSourceException: Not authorized for the source.\n');
    expect(io.errors()).toBe('footbridge: 1 of 2 entries rejected\n');
  });

  test('put-events sends ten entries in a request, and fewer where they are large', async () => {
    const sizes: number[] = [];
    const { url } = await answering(({ Entries }) => {
      sizes.push(Entries.length);
      return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: id })) };
    });
    const large = { Source: 'a', DetailType: 'b', Detail: { text: 'x'.repeat(400_000) } };
    const io = recordedIo({});
    const all = JSON.stringify([...JSON.parse(`[${Array(23).fill(entry).join()}]`), large, large, large]);
    expect(await runCommand(['put-events', all, '--endpoint', url], io)).toBe(0);
    expect(sizes).toEqual([10, 10, 5, 1]);
    expect(io.output().split('\n')).toHaveLength(27);
  });

  test('put-events counts each entry of a request that is rejected as a whole, and goes on with the next', async () => {
    const { url } = await served(createBridge());
    const bad = Array(10).fill('{"Source":"a","DetailType":"b","Detail":"{}","EventBusName":"///"}').join();
    const io = recordedIo({});
    expect(await runCommand(['put-events', `[${bad},${entry}]`, '--endpoint', url], io)).toBe(1);
    const lines = io.output().split('\n');
    expect(lines[0]).toMatch(/^✗ 1 {2}a {2}b {2}ValidationException: \d+ validation errors? detected/);
    expect(lines[10]).toMatch(/^✓ 11 {2}com\.shop/);
    expect(io.errors()).toBe('footbridge: 10 of 11 entries rejected\n');
  });

  test('put-events says with --explain which rules an event matches, and of a bus that does not exist that there is none', async () => {
    const bridge = createBridge({ ids: () => id });
    await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}' });
    await bridge.putRule({ Name: 'other', EventPattern: '{"source":["com.other"]}' });
    const { url } = await served(bridge);
    const io = recordedIo({});
    const lost = entry.replace('{', '{"EventBusName":"lost",');
    expect(await runCommand(['put-events', `[${entry},${lost}]`, '--explain', '--endpoint', url], io)).toBe(0);
    expect(io.output()).toBe(
      [
        `✓ 1  com.shop  Order Placed  ${id}`,
        '    "Order Placed" from com.shop on bus default: 1 of 2 match',
        '      ✓ rule big',
        '      ✗ rule other',
        '          source is "com.shop", wanted "com.other"',
        `✓ 2  com.shop  Order Placed  ${id}`,
        '    "Order Placed" from com.shop on bus lost: there is no such bus, the event is dropped',
        '      hint: rule big on bus default matches: leave EventBusName out',
        '',
      ].join('\n'),
    );
  });

  test('put-events has with --explain the hints that explain has', async () => {
    const bridge = createBridge({ ids: () => id, buses: ['orders'] });
    const pattern = { 'detail-type': ['Order Placed'], detail: { total: [{ numeric: ['>', 100] }] } };
    await bridge.putRule({ Name: 'big', EventPattern: JSON.stringify(pattern) });
    await bridge.putRule({ Name: 'never', EventPattern: '{"detailType":["order placed"]}' });
    await bridge.putRule({ Name: 'small', EventPattern: '{"source":["com.shop"]}', EventBusName: 'orders' });
    const { url } = await served(bridge);
    const io = recordedIo({});
    const given = JSON.stringify({ source: 'com.shop', detailType: 'order placed', detail: { total: '120' } });
    expect(await runCommand(['put-events', given, '--explain', '--endpoint', url], io)).toBe(0);
    expect(io.output().split('\n').slice(1)).toEqual([
      '    "order placed" from com.shop on bus default: 0 of 2 match',
      '      ✗ rule never',
      '          detailType: missing (the event has detail-type); wanted "order placed"',
      '          hint: events have "detail-type", not "detailType": with this pattern the rule never fires',
      '      ✗ rule big',
      '          detail-type is "order placed", wanted "Order Placed" (case differs)',
      '          hint: patterns are case-sensitive: send "Order Placed", or match with {"equals-ignore-case": "Order Placed"}',
      '          detail.total is "120", a string; numeric matches numbers only',
      '          hint: the producer sends a string, and EventBridge does not convert it: send 120',
      '      hint: rule small on bus orders matches: put it with EventBusName "orders"',
      '',
    ]);
    expect(io.errors()).toBe('footbridge: entry 1: "detailType" taken for "detail-type"\n');
  });

  test('put-events says with --explain which bus was probably intended', async () => {
    const { url } = await served(createBridge({ buses: ['orders'] }));
    const io = recordedIo({});
    const given = entry.replace('{', '{"EventBusName":"order",');
    expect(await runCommand(['put-events', given, '--explain', '--endpoint', url], io)).toBe(0);
    expect(io.output()).toContain('the event is dropped\n      hint: did you mean bus orders?\n');
  });

  test('put-events logs ignored members once', async () => {
    const { url } = await served(createBridge());
    const io = recordedIo({});
    const given = '{"source":"a","detail-type":"b","detail":{},"detials":1}';
    expect(await runCommand(['put-events', `[${given},${given}]`, '--endpoint', url], io)).toBe(0);
    expect(io.errors()).toBe('footbridge: entry 1: "detials" ignored\n');
  });

  test('put-events sends nothing with --explain if the server has no explanations', async () => {
    const { url, asked } = await answering(() => ({ Entries: [] }));
    const io = recordedIo({});
    expect(await runCommand(['put-events', entry, '--explain', '--endpoint', url], io)).toBe(2);
    expect(io.errors()).toContain(`footbridge: ${url} has no explanations`);
    expect(asked).toEqual(['/_footbridge/explain']);
  });

  test.each(['AWS_ENDPOINT_URL_EVENTBRIDGE', 'AWS_ENDPOINT_URL'])('put-events goes where %s says', async (variable) => {
    const { url, asked } = await answering(() => ({ Entries: [{ EventId: id }] }));
    const elsewhere = 'http://127.0.0.1:9';
    const environment = { AWS_ENDPOINT_URL: elsewhere, [variable]: `${url}/base/` };
    const io = recordedIo({ environment });
    expect(await runCommand(['put-events', entry], io)).toBe(0);
    expect(asked).toEqual(['/base/']);
  });

  test('put-events escapes control characters', async () => {
    const { url } = await served(createBridge());
    const io = recordedIo({});
    const hostile = JSON.stringify({ Source: 'a\u001b[2J', DetailType: 'b\nc\u202e', Detail: {} });
    expect(await runCommand(['put-events', hostile, '--endpoint', url], io)).toBe(0);
    expect(io.output()).toMatch(/^✓ 1 {2}a\\u001b\[2J {2}b\\u000ac\\u202e {2}[0-9a-f-]{36}\n$/);
  });

  test('put-events returns 2 if no server answers', async () => {
    const io = recordedIo({});
    expect(await runCommand(['put-events', entry, '--endpoint', 'http://127.0.0.1:9'], io)).toBe(2);
    expect(io.errors()).toMatch(/^footbridge: no server answers at http:\/\/127\.0\.0\.1:9 \(.+\)\n$/);
  });

  test.each([
    [[], 'put-events takes a FILE; 0 given'],
    [['a', 'b'], 'put-events takes a FILE; 2 given'],
    [['none.json'], 'cannot read none.json: no such file'],
    [['{"Source":}'], '1:12: this is not JSON'],
    [[entry, '--explian'], 'put-events has no option --explian; did you mean --explain?'],
    [[entry, '--endpoint', 'localhost:4010'], '--endpoint must be a URL such as http://127.0.0.1:4010'],
    [[entry, '--endpoint', 'ftp://a'], '--endpoint must be a URL'],
  ])('put-events returns 2 for %j', async (args, sentence) => {
    const io = recordedIo({});
    expect(await runCommand(['put-events', ...args], io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toContain(`footbridge: ${sentence}`);
  });

  test('put-events returns 2 for a server that is not EventBridge', async () => {
    const { url } = await answering(() => ({ hello: 'world' }));
    const io = recordedIo({});
    expect(await runCommand(['put-events', entry, '--endpoint', url], io)).toBe(2);
    expect(io.errors()).toBe(`footbridge: ${url} is not an EventBridge endpoint: it returned {"hello":"world"}\n`);
  });
});
