import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/bridge/create-bridge.js';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';

describe('demo', () => {
  test('demo returns 0 and shows request, response, envelopes, refusal and explanation', async () => {
    const io = recordedIo({});
    expect(await runCommand(['demo'], io)).toBe(0);
    expect(io.errors()).toBe('');
    const output = io.output();
    expect(output).toContain(String.raw`"Detail": "{ \"key1\": \"value1\", \"key2\": \"value2\" }"`);
    expect(output).toContain('"FailedEntryCount": 0');
    expect(output.match(/delivered to function greeter/g)).toHaveLength(2);
    expect(output).toContain('"ErrorCode": "MalformedDetail"');
    expect(output).toContain('detail-type is "MyDetailType", wanted "myDetailType" (case differs)');
    expect(output).toMatch(/\n7 of 7 checks passed\.\n$/);
    expect(output).not.toContain('\u001b');
  });

  test('demo delivers each event with the id of the response', async () => {
    const io = recordedIo({});
    await runCommand(['demo'], io);
    const answered = [...io.output().matchAll(/"EventId": "([^"]+)"/g)].map(([, id]) => id);
    const delivered = [...io.output().matchAll(/"id": "([^"]+)"/g)].map(([, id]) => id);
    expect(delivered).toEqual(answered.slice(0, 2));
  });

  test('demo fits 80 columns', async () => {
    const io = recordedIo({});
    await runCommand(['demo'], io);
    expect(
      io
        .output()
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  test('demo is the same text in colour', async () => {
    const io = recordedIo({ color: true });
    await runCommand(['demo'], io);
    const plain = stripVTControlCharacters(io.output());
    expect(plain).not.toBe(io.output());
    expect(plain).toContain('✓ both entries are accepted');
  });

  test('demo returns 1 when events do not arrive', async () => {
    const io = recordedIo({});
    const elsewhere = createBridge({ onUnhandledTarget: 'ignore' });
    expect(await runCommand(['demo'], { ...io, connectSdk: () => io.connectSdk(elsewhere) })).toBe(1);
    expect(io.output()).toContain('✗ each event is delivered once, with the id of the response');
    expect(io.output()).toMatch(/\n3 of 7 checks passed\.\n$/);
  });

  test('demo returns 2 if the AWS SDK is not installed', async () => {
    const io = recordedIo({});
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    expect(await runCommand(['demo'], { ...io, connectSdk: () => Promise.reject(missing) })).toBe(2);
    expect(io.errors()).toBe('footbridge: the demo needs the AWS SDK: npm install @aws-sdk/client-eventbridge\n');
  });

  test('demo takes no arguments', async () => {
    const io = recordedIo({});
    expect(await runCommand(['demo', 'twice'], io)).toBe(2);
    expect(io.errors()).toBe('footbridge: demo takes no arguments; 1 given\n');
  });
});
