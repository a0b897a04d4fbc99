import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { createBridge, virtualClock } from '../../src/index.js';
import { served } from '../http/served.js';
import { answering, listening } from './answering.js';
import { recordedIo } from './recorded-io.js';

const order = (total: number) => ({ source: 'com.shop', detailType: 'Order Placed', detail: { total } });

/** `tail` of a server with the rule `big`, once it follows. */
async function following(args: readonly string[], color = false) {
  const bridge = createBridge({ clock: virtualClock('2026-01-02T03:04:05Z'), buses: ['orders'] });
  await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}' });
  const server = await served(bridge);
  const interrupt = new AbortController();
  const io = recordedIo({ interrupt, color });
  const ended = runCommand(['tail', ...args, '--endpoint', server.url], io);
  await io.shows(`footbridge: following ${server.url}\n`);
  return { bridge, server, io, interrupt, ended };
}

describe('tail', () => {
  test('tail prints a line for each event from now on, with what it matched, until it is interrupted', async () => {
    const { bridge, io, interrupt, ended } = await following([]);
    bridge.on('{"detail":{"total":[120]}}', () => {}, { name: 'audit' });
    await bridge.publish([order(120), order(20)]);
    await bridge.bus('orders').publish(order(20));
    await bridge.putEvents({ Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}', EventBusName: 'lost' }, {}] });
    await io.shows('entry 2');
    interrupt.abort();
    expect(await ended).toBe(0);
    expect(io.output()).toBe(
      [
        '03:04:05Z  com.shop  Order Placed  → big, audit (subscription)',
        '03:04:05Z  com.shop  Order Placed  matches nothing',
        '03:04:05Z  com.shop  Order Placed  on orders  matches nothing',
        '03:04:05Z  a  b  on lost  dropped: the bus does not exist',
        '03:04:05Z  entry 2 rejected  InvalidArgument: Parameter Source is not valid. Reason: Source is a required argument.',
        '',
      ].join('\n'),
    );
  });

  test('tail prints only events that match the pattern', async () => {
    const { bridge, io } = await following(['{"detail":{"total":[3]}}']);
    await bridge.publish([order(1), order(120), order(3)]);
    await io.shows('matches');
    expect(io.output()).toBe('03:04:05Z  com.shop  Order Placed  matches nothing\n');
  });

  test('tail prints with --unmatched only events that match nothing', async () => {
    const { bridge, io } = await following(['--unmatched']);
    await bridge.publish(order(120));
    await bridge.putEvents({
      Entries: [{ Source: 'aws.x' }, { Source: 'a', DetailType: 'b', Detail: '{}', EventBusName: 'lost' }],
    });
    await bridge.publish(order(1));
    await io.shows('matches nothing');
    expect(io.output().split('\n')).toEqual([
      expect.stringContaining('dropped'),
      expect.stringContaining('matches nothing'),
      '',
    ]);
  });

  test('tail prints with --json the records, with the spelling of numbers', async () => {
    const { bridge, io } = await following(['--json']);
    const detail = '{"total":120.50}';
    await bridge.putEvents({ Entries: [{ Source: 'a', DetailType: 'b', Detail: detail }] });
    await io.shows('"matched"');
    expect(io.output()).toContain(`"detail":${detail}`);
    expect(JSON.parse(io.output())).toMatchObject({ kind: 'matched', rules: ['big'], event: { source: 'a' } });
  });

  test('tail colours only if colour is on', async () => {
    const { bridge, io } = await following([], true);
    await bridge.publish(order(1));
    await io.shows('matches nothing');
    expect(io.output()).toContain('\u001b[33mmatches nothing\u001b[39m');
  });

  test('tail returns 1 when the server ends', async () => {
    const { server, io, ended } = await following([]);
    await server.close();
    expect(await ended).toBe(1);
    expect(io.errors()).toContain(`footbridge: the server at ${server.url} has stopped\n`);
  });

  test('tail reads a stream with other line ends, in pieces, and with comments', async () => {
    const record =
      '{"kind":"rejected","time":"2026-01-02T03:04:05.678Z","index":0,"errorCode":"A",\ndata: "errorMessage":"é"}';
    const stream = `:\r\n\r\nid: 1\r\nevent:rejected\r\ndata: ${record.replace('\n', '\r\n')}\r\n\r\nevent: gap\ndata: {}\n\n`;
    const { url } = await listening(() => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: stream,
    }));
    const io = recordedIo({});
    expect(await runCommand(['tail', '--endpoint', url], io)).toBe(1);
    expect(io.output()).toBe('03:04:05Z  entry 1 rejected  A: é\n');
    expect(io.errors()).toContain('footbridge: events came too fast; some are missing\n');
  });

  test('tail returns 2 for a server without an event stream', async () => {
    const { url } = await answering(() => ({}));
    const io = recordedIo({});
    expect(await runCommand(['tail', '--endpoint', url], io)).toBe(2);
    expect(io.errors()).toContain(`footbridge: ${url} cannot be followed`);
  });

  test.each([
    [['{"source":"a"}'], 'Event pattern is not valid. Reason: "source" must be an object or an array'],
    [['a.json', 'b.json'], 'tail takes one PATTERN; 2 given'],
    [['--unmatch'], 'tail has no option --unmatch; did you mean --unmatched?'],
    [['--endpoint', 'http://127.0.0.1:9'], 'no server answers at http://127.0.0.1:9 ('],
  ])('tail returns 2 for %j', async (args, sentence) => {
    const io = recordedIo({});
    expect(await runCommand(['tail', ...args], io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toContain(`footbridge: ${sentence}`);
  });
});
