import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { ask, oneEntry, to } from '../http/served.js';
import { RoleArn } from '../role.js';
import { listening } from './answering.js';
import { recordedIo } from './recorded-io.js';

const bill = 'arn:aws:lambda:eu-west-1:999999999999:function:bill:live';

/** `serve` on a free port, once it listens. */
async function serving(...args: string[]) {
  const interrupt = new AbortController();
  const io = recordedIo({ interrupt });
  const ended = runCommand(['serve', '--port', '0', ...args], io);
  onTestFinished(async () => {
    interrupt.abort();
    await ended;
  });
  await io.shows('AWS_ENDPOINT_URL_EVENTBRIDGE=');
  const [, url = ''] = /AWS_ENDPOINT_URL_EVENTBRIDGE=(\S+)/.exec(io.output() + io.errors()) ?? [];
  const call = async (operation: string, input: object) => {
    const { body } = await ask(url, { headers: to(operation), body: JSON.stringify(input) });
    return body === '' ? {} : JSON.parse(body);
  };
  return { io, interrupt, ended, url, call };
}

/** The lines without their times, from the second on. */
function lines(output: string): readonly string[] {
  return output
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/\d\d:\d\d:\d\dZ/g, '--:--:--Z'));
}

describe('serve', () => {
  test('serve prints the line to paste first, and then each request and what it matched', async () => {
    const { io, call, url } = await serving('--bus', 'orders', 'carts');
    await call('PutRule', { Name: 'placed', EventPattern: '{"source":["com.shop"]}' });
    await call('PutTargets', { Rule: 'placed', Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:1:queue' }] });
    await call('PutTargets', {
      Rule: 'placed',
      Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:queue' }],
    });
    const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };
    await call('PutEvents', {
      Entries: [entry, { ...entry, Source: 'a' }, { ...entry, EventBusName: 'orders' }, { Source: 'aws.s3' }],
    });
    await io.shows('✓ placed → queue');
    await ask(url, { path: '/', headers: { origin: 'https://evil.example' } });
    expect(io.output()).toMatch(/^export AWS_ENDPOINT_URL_EVENTBRIDGE=http:\/\/127\.0\.0\.1:\d+\n/);
    expect(lines(io.output())).toEqual([
      '--:--:--Z  PutRule  placed',
      expect.stringMatching(/^--:--:--Z {2}400 PutTargets {2}ValidationException: /),
      '--:--:--Z  PutTargets  placed',
      '--:--:--Z  PutEvents  4 entries',
      '             com.shop  Order Placed  → placed',
      '             a  Order Placed  matches nothing',
      '             com.shop  Order Placed  on orders  matches nothing',
      expect.stringMatching(/^ {13}entry 4 rejected {2}InvalidArgument: /),
      '--:--:--Z  ✓ placed → queue  Order Placed',
      expect.stringMatching(/^--:--:--Z {2}403 POST \/ {2}AccessDeniedException: The origin/),
    ]);
  });

  test('serve prints with its time what no request caused, such as what one bus sends to another', async () => {
    const { io, call } = await serving('--bus', 'orders');
    await call('PutRule', { Name: 'all', EventPattern: '{"source":["com.shop"]}' });
    await call('PutTargets', {
      Rule: 'all',
      Targets: [{ Id: '1', Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/orders', RoleArn }],
    });
    await call('PutEvents', JSON.parse(oneEntry));
    await io.shows('✓ all → event-bus/orders');
    expect(lines(io.output()).slice(2)).toEqual([
      '--:--:--Z  PutEvents  1 entry',
      '             com.shop  Order Placed  → all',
      '--:--:--Z  com.shop  Order Placed  on orders  matches nothing',
      '--:--:--Z  ✓ all → event-bus/orders  Order Placed',
    ]);
  });

  test('serve lets clients meet a replay that is STARTING, for as long as it is told', async () => {
    const { call } = await serving('--replay-delay', '60s');
    const home = 'arn:aws:events:us-east-1:123456789012';
    await call('CreateArchive', { ArchiveName: 'all', EventSourceArn: `${home}:event-bus/default` });
    await call('StartReplay', {
      ReplayName: 'again',
      EventSourceArn: `${home}:archive/all`,
      EventStartTime: 0,
      EventEndTime: 1,
      Destination: { Arn: `${home}:event-bus/default` },
    });
    expect(await call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({ State: 'STARTING' });
    expect(await call('CancelReplay', { ReplayName: 'again' })).toMatchObject({ State: 'CANCELLING' });
  });

  test('serve logs as JSON, one document a line', async () => {
    const { io, call, url } = await serving('--log', 'json');
    await call('PutEvents', JSON.parse(oneEntry));
    await call('DescribeRule', { Name: 'none' });
    const logged = io
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(logged).toMatchObject([
      { kind: 'listening', url },
      { kind: 'request', operation: 'PutEvents', entries: 1 },
      { kind: 'accepted', event: { source: 'com.shop' } },
      { kind: 'unmatched', bus: 'default' },
      { kind: 'refusal', operation: 'DescribeRule', status: 400, name: 'ResourceNotFoundException' },
    ]);
    expect(io.errors()).toBe(`export AWS_ENDPOINT_URL_EVENTBRIDGE=${url}\n`);
  });

  test('serve logs nothing with --log none, nor the health that is asked', async () => {
    const { io, call } = await serving('--log', 'none');
    await call('PutEvents', JSON.parse(oneEntry));
    const loud = await serving();
    await ask(loud.url, { method: 'GET', path: '/_footbridge/health' });
    expect([lines(io.output()), lines(loud.io.output())]).toEqual([[], []]);
  });

  test('serve accepts the host names that are allowed', async () => {
    const { url } = await serving('--allow-host', 'host.docker.internal');
    const statusFor = async (host: string) =>
      (await ask(url, { headers: { ...to('PutEvents'), host }, body: oneEntry })).status;
    expect(await statusFor('host.docker.internal')).toBe(200);
    expect(await statusFor('evil.example')).toBe(403);
  });

  test('lets pages of allowed origins change state', async () => {
    const { url } = await serving('--allow-origin', 'http://localhost:5173');
    const statusFor = async (origin: string) =>
      (await ask(url, { headers: { ...to('PutEvents'), origin }, body: oneEntry })).status;
    expect(await statusFor('http://localhost:5173')).toBe(200);
    expect(await statusFor('http://localhost:3000')).toBe(403);
  });

  test('serve warns if other machines can reach it', async () => {
    const { io } = await serving('--host', '0.0.0.0');
    expect(io.errors()).toContain('footbridge: anyone who can reach 0.0.0.0 has full access\n');
    const near = await serving('--host', 'LOCALHOST');
    expect(near.io.errors()).not.toContain('whoever');
  });

  test('serve sends Lambda functions, of any account, to the Invoke endpoint, also after a reset', async () => {
    const invoked: unknown[] = [];
    const lambda = await listening(({ path, headers, body }) => {
      invoked.push([path, headers['x-amz-invocation-type'], JSON.parse(body).detail]);
      return { status: 202 };
    });
    const { io, call, url } = await serving('--lambda-endpoint', `${lambda.url}/`);
    for (const n of [1, 2]) {
      await call('PutRule', { Name: 'all', EventPattern: '{"source":["com.shop"]}' });
      await call('PutTargets', { Rule: 'all', Targets: [{ Id: '1', Arn: bill }] });
      await call('PutEvents', JSON.parse(oneEntry));
      await io.shows('✓ all → bill:live', n);
      await ask(url, { path: '/_footbridge/reset' });
    }
    const path = '/2015-03-31/functions/bill/invocations?Qualifier=live';
    expect(invoked).toEqual(Array(2).fill([path, 'Event', { n: 1 }]));
  });

  test('serve finishes pending deliveries when it is interrupted, says how they ended, and returns 0', async () => {
    let answer = () => {};
    const lambda = await listening(async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
        interrupt.abort();
      });
      return { status: 202 };
    });
    const { io, interrupt, ended, call } = await serving('--lambda-endpoint', lambda.url);
    await call('PutRule', { Name: 'all', EventPattern: '{"source":["com.shop"]}' });
    await call('PutTargets', { Rule: 'all', Targets: [{ Id: '1', Arn: bill }] });
    await call('PutEvents', JSON.parse(oneEntry));
    await io.shows('footbridge: stopping');
    answer();
    expect(await ended).toBe(0);
    expect(io.errors()).toMatch(/footbridge: 1 delivered, 0 dead-lettered, 0 failed\n$/);
  });

  test('serve returns 2 if the port is taken', async () => {
    const { url } = await serving();
    const io = recordedIo({});
    const { port } = new URL(url);
    expect(await runCommand(['serve', '--port', port], io)).toBe(2);
    expect(io.errors()).toContain(`footbridge: serve: cannot listen on 127.0.0.1 port ${port}: the port is in use.`);
  });

  test.each([
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, but is "65536"'],
    [['--port', '1e3'], '--port must be a whole number'],
    [['--log', 'loud'], '--log must be pretty, json, none, but is "loud"'],
    [['--lambda-endpoint', 'localhost'], '--lambda-endpoint must be a URL'],
    [['--bus', 'a/b'], 'buses'],
    [['--allow-host', 'a:80'], 'hosts must be a list of names'],
    [['--allow-origin', 'localhost'], 'origins must be a list of origins'],
    [['orders'], 'serve takes options only; "orders" is not an option'],
    [['--lamda-endpoint', 'x'], 'serve has no option --lamda-endpoint; did you mean --lambda-endpoint?'],
  ])('serve returns 2 for %j', async (args, sentence) => {
    const io = recordedIo({});
    expect(await runCommand(['serve', ...args], io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toMatch(/^footbridge: /);
    expect(io.errors()).toContain(sentence);
  });
});
