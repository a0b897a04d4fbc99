import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ask, oneEntry, to } from '../http/served.js';
import { listening } from './answering.js';
import { runningCli } from './running-cli.js';
import { shopTemplate } from './shop-template.js';

async function serving(...args: string[]) {
  const server = runningCli(['serve', '--port', '0', ...args]);
  await server.shows('\n');
  const [, url = ''] = /=(\S+)/.exec(server.written.stdout) ?? [];
  return { ...server, url };
}

const invoke = (url: string, operation: string, input: object) =>
  ask(url, { headers: to(operation), body: JSON.stringify(input) });

/** A server with a delivery under way to a function that answers only when it is told. */
async function withDelivery() {
  let answer = () => {};
  let wasInvoked = () => {};
  const invoked = new Promise<void>((resolve) => {
    wasInvoked = resolve;
  });
  const lambda = await listening(async () => {
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    wasInvoked();
    await answered;
    return { status: 202 };
  });
  onTestFinished(() => answer());
  const server = await serving('--lambda-endpoint', lambda.url);
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
  await invoke(server.url, 'PutRule', { Name: 'all', EventPattern: '{"source":["com.shop"]}' });
  await invoke(server.url, 'PutTargets', { Rule: 'all', Targets: [{ Id: '1', Arn }] });
  await invoke(server.url, 'PutEvents', JSON.parse(oneEntry));
  await invoked;
  return { ...server, answer: () => answer() };
}

describe('The built command with a server', () => {
  test('The built command serves, takes events of put-events, is followed by tail, and ends with 0 at Ctrl-C', async () => {
    const server = await serving();
    const environment = { AWS_ENDPOINT_URL_EVENTBRIDGE: server.url };
    const tail = runningCli(['tail'], environment);
    await tail.shows('following');
    const put = runningCli(['put-events', '{"source":"com.shop","detailType":"Order","detail":{}}'], environment);
    expect(await put.ended()).toBe(0);
    expect(put.written.stdout).toMatch(/^✓ 1 {2}com\.shop {2}Order {2}[0-9a-f-]{36}\n$/);
    await tail.shows('com.shop  Order  matches nothing');
    tail.child.kill('SIGINT');
    expect(await tail.ended()).toBe(0);
    server.child.kill('SIGINT');
    expect(await server.ended()).toBe(0);
    expect(server.written.stdout).toContain('  com.shop  Order  matches nothing\n');
    expect(server.written.stderr).toContain('0 delivered, 0 dead-lettered, 0 failed\n');
  });

  test('The built command serves a template, and again when its file has changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'template.yaml');
    writeFileSync(file, shopTemplate);
    const server = runningCli(['serve', '--port', '0', '--rules', `${folder}/*.yaml`, '--watch']);
    await server.shows('Ctrl-C stops the server\n');
    // As editors save: another file in the place of the first.
    writeFileSync(`${file}.new`, shopTemplate.replace('  Slack:', '  Chat:'));
    renameSync(`${file}.new`, file);
    await server.shows('has changed: 3 rules on dev-orders, default; added: Chat; removed: Slack\n');
    server.child.kill('SIGINT');
    expect(await server.ended()).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'The built command delivers what is under way at %s before it ends',
    async (signal) => {
      const { child, shows, answer, ended, written } = await withDelivery();
      child.kill(signal);
      await shows('ending');
      answer();
      expect(await ended()).toBe(0);
      expect(written.stderr).toContain('1 delivered, 0 dead-lettered, 0 failed\n');
    },
  );

  test('The built command ends at once at the second Ctrl-C, but takes two at once, as npx sends them, for one', async () => {
    const { child, shows, ended, written } = await withDelivery();
    child.kill('SIGINT');
    child.kill('SIGINT');
    await shows('ending');
    // The wait by which it tells one from two: until then it goes on.
    while (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ended()).toBe(130);
    expect(written.stderr).not.toContain('delivered, ');
  });

  test('The built command ends when its output is not read any more, without a message', async () => {
    const { child, url, shows, ended, written } = await serving();
    await shows('Ctrl-C stops the server\n');
    const before = written.stderr;
    child.stdout?.destroy();
    await invoke(url, 'PutEvents', JSON.parse(oneEntry));
    expect(await ended()).toBe(0);
    expect(written.stderr).toBe(before);
  });

  test('The built command colours its output in a pipe if FORCE_COLOR says so', async () => {
    const { ended, written } = runningCli(['test-pattern', '{"a":[1]}', '{"a":1}'], { FORCE_COLOR: '1' });
    expect(await ended()).toBe(0);
    expect(written.stdout).toBe('\u001b[32mmatch\u001b[39m\n');
  });
});
