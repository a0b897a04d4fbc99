import { describe, expect, onTestFinished, test } from 'vitest';
import { Signal } from '../../src/base/signal.js';
import { runCommand } from '../../src/commands/run-command.js';
import { connectBridge } from '../../src/http.js';
import { ask, to } from '../http/served.js';
import { captureWarnings } from '../warnings.js';
import { recordedIo } from './recorded-io.js';
import { shopTemplate } from './shop-template.js';

const bill = 'arn:aws:lambda:us-east-1:123456789012:function:stack-Bill';
const entry = { Source: 'com.shop', DetailType: 'Order Placed', EventBusName: 'dev-orders', Detail: '{"total":120}' };
const templates = ['--rules', 'template.yaml', '--watch'];

async function serving(given: string | Readonly<Record<string, string>>, ...args: string[]) {
  const interrupt = new AbortController();
  const files = typeof given === 'string' ? { 'template.yaml': given } : given;
  const io = recordedIo({ interrupt, files });
  const ended = runCommand(['serve', '--port', '0', '--log', 'none', ...args], io);
  onTestFinished(async () => {
    interrupt.abort();
    await ended;
  });
  await io.shows('AWS_ENDPOINT_URL_EVENTBRIDGE=');
  const [, url = ''] = /AWS_ENDPOINT_URL_EVENTBRIDGE=(\S+)/.exec(io.output()) ?? [];
  const call = async (operation: string, input: object) => {
    const { body } = await ask(url, { headers: to(operation), body: JSON.stringify(input) });
    return body === '' ? {} : JSON.parse(body);
  };
  const rules = async (bus: string) => {
    const { Rules } = await call('ListRules', { EventBusName: bus });
    return Rules.map(({ Name }: { Name: string }) => Name);
  };
  const end = async () => {
    interrupt.abort();
    return await ended;
  };
  return { io, url, call, rules, end };
}

const withoutBig = shopTemplate.replace(/ {8}BigOrder:\n( {10}.*\n)+/, '');

const ruleOf = (source: string) =>
  JSON.stringify({
    Resources: { Only: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: [source] } } } },
  });

describe('serve --rules', () => {
  test('serve --rules serves what a template deploys, and says so', async () => {
    const { io, rules } = await serving(shopTemplate, '--rules', 'template.yaml');
    expect(await rules('dev-orders')).toEqual(['stack-BillBigOrder', 'stack-Slack']);
    expect(await rules('default')).toEqual(['stack-BillNightly']);
    expect(io.errors()).toContain('footbridge: template.yaml serves 3 rules on dev-orders, default\n');
    expect(io.errors()).toContain('footbridge: Weekly is skipped: ScheduleV2 is a schedule of EventBridge Scheduler');
  });

  test('serve --rules takes parameters', async () => {
    const { rules } = await serving(shopTemplate, '--rules', 'template.yaml', '--parameter', 'Stage=prod');
    expect(await rules('prod-orders')).toHaveLength(2);
  });

  test('serve --rules has the account and region of its options', async () => {
    const { call } = await serving(shopTemplate, ...templates, '--account', '210987654321', '--region', 'eu-west-1');
    const { Rules } = await call('ListRules', { EventBusName: 'default' });
    expect(Rules[0].Arn).toBe('arn:aws:events:eu-west-1:210987654321:rule/stack-BillNightly');
  });

  test('serve --rules says how to register a handler for a target without one', async () => {
    const warnings = captureWarnings();
    const { call, end } = await serving(shopTemplate, '--rules', 'template.yaml');
    await call('PutEvents', { Entries: [entry] });
    await end();
    expect(warnings.join('\n')).toContain(`Nothing handles Bill of template.yaml, ${bill}. Register a handler`);
  });

  test('serve --rules loads the rules again after a reset', async () => {
    const { url, call, rules } = await serving(shopTemplate, '--rules', 'template.yaml');
    await call('PutRule', { Name: 'other', EventPattern: '{"source":["a"]}' });
    await ask(url, { path: '/_footbridge/reset' });
    expect(await rules('dev-orders')).toHaveLength(2);
    expect(await rules('default')).toEqual(['stack-BillNightly']);
  });

  test('serve --rules changes the rules when the file has changed, and leaves those of others as they are', async () => {
    const { io, call, rules } = await serving(shopTemplate, ...templates);
    await call('PutRule', { Name: 'other', EventBusName: 'dev-orders', EventPattern: '{"source":["a"]}' });
    io.changeFile('template.yaml', withoutBig.replace('Slack:', 'Chat:'));
    await io.shows(
      'footbridge: template.yaml has changed: 2 rules on default, dev-orders; added: Chat; removed: BigOrder',
    );
    expect(await rules('dev-orders')).toEqual(['other', 'stack-Chat']);
  });

  test('serve --rules keeps connections and pending deliveries when the file has changed', async () => {
    const { io, url, call, end } = await serving(shopTemplate, ...templates);
    await using remote = await connectBridge(url);
    const [started, released] = [new Signal(), new Signal()];
    let calls = 0;
    await remote.handle(bill, async () => {
      started.notifyAll();
      if (++calls === 1) await released.wait();
    });
    const first = started.wait();
    await call('PutEvents', { Entries: [entry] });
    await first;
    io.changeFile('template.yaml', shopTemplate.replace("['>', 100]", "['>', 10]"));
    await io.shows('has changed: 3 rules');
    const second = started.wait();
    await call('PutEvents', { Entries: [{ ...entry, Detail: '{"total":11}' }] });
    await second;
    released.notifyAll();
    // Each goes to the queue of the other rule too.
    expect(await end()).toBe(0);
    expect(io.errors()).toContain('footbridge: 4 delivered, 0 dead-lettered, 0 failed\n');
  });

  test('serve --rules keeps the rules as they were if the new text cannot be loaded, and takes the next', async () => {
    const { io, rules } = await serving(shopTemplate, ...templates);
    io.changeFile('template.yaml', shopTemplate.replace("['>', 100]", "['>']"));
    await io.shows('footbridge: template.yaml has changed; its rules stay as they were\n');
    await io.shows('Event pattern is not valid.');
    expect(await rules('dev-orders')).toHaveLength(2);
    io.changeFile('template.yaml', withoutBig);
    await io.shows('has changed: 2 rules');
    expect(await rules('dev-orders')).toEqual(['stack-Slack']);
  });

  test('serve --rules keeps the rules of a file that is missing until it is back, and ignores a short absence', async () => {
    const { io, rules } = await serving(shopTemplate, ...templates);
    io.removeFile('template.yaml');
    await io.look();
    io.changeFile('template.yaml', withoutBig);
    await io.shows('template.yaml has changed: 2 rules');
    io.removeFile('template.yaml');
    for (const _ of 'abc') await io.look();
    expect(io.errors().split('is missing; its rules stay until it is back\n')).toHaveLength(2);
    expect(await rules('dev-orders')).toEqual(['stack-Slack']);
    io.changeFile('template.yaml', shopTemplate);
    await io.shows('template.yaml has changed: 3 rules');
    await io.look();
    await io.shows('template.yaml is back');
    expect(await rules('dev-orders')).toHaveLength(2);
  });

  test('serve --rules loads the new files of a glob, and removes the rules of removed files', async () => {
    const glob = ['--rules', 's/*/template.yaml', '--watch'];
    const { io, rules } = await serving({ 's/a/template.yaml': ruleOf('a') }, ...glob);
    io.changeFile('s/b/template.yaml', ruleOf('b'));
    await io.look();
    expect(io.errors()).toContain('s/b/template.yaml is new and serves 1 rule on default');
    // Both are called the same in their templates.
    expect(await rules('default')).toEqual(['s-a-Only', 's-b-Only']);
    io.changeFile('s/b/template.yaml', ruleOf('c'));
    await io.shows('s/b/template.yaml has changed: 1 rule on default');
    io.removeFile('s/a/template.yaml');
    await io.look();
    expect(await rules('default')).toHaveLength(2);
    await io.look();
    expect(io.errors()).toContain('s/a/template.yaml was removed: 0 rules; removed: Only');
    expect(await rules('default')).toEqual(['s-b-Only']);
  });

  test('serve --rules loads a new file that was wrong at first once it is fixed', async () => {
    const { io, rules } = await serving({ 'a.yaml': ruleOf('a') }, '--rules', '*.yaml', '--watch');
    io.changeFile('b.yaml', 'Resources: [');
    await io.look();
    expect(io.errors()).toContain('b.yaml is new and cannot be loaded\nfootbridge: b.yaml:1:13: not valid YAML');
    io.changeFile('b.yaml', 'Resources: [[');
    await io.shows('b.yaml has changed; it has no rules yet');
    io.changeFile('b.yaml', ruleOf('b'));
    await io.shows('b.yaml has changed: 1 rule on default; added: Only');
    expect(await rules('default')).toEqual(['a-Only', 'b-Only']);
  });

  test.each([
    ['a template that cannot be loaded', ['--rules', 'bad.yaml'], 'bad.yaml:1:1: this is not a template'],
    ['a file that is not there', ['--rules', 'no.yaml'], 'cannot read no.yaml'],
    ['a bus of another template', ['--rules', 'other.yaml'], '--bus NAME creates a bus of another template'],
    ['one stack name for several', ['--rules', 'bad.yaml', 'other.yaml', '--stack-name', 'a'], 'is for one template'],
    ['--watch alone', ['--watch'], 'serve: --watch needs --rules TEMPLATE'],
    ['--parameter alone', ['--parameter', 'a=b'], 'serve: --parameter needs --rules TEMPLATE'],
  ])('serve --rules returns 2 for %s', async (_case, args, sentence) => {
    const Properties = { EventBusName: 'elsewhere', EventPattern: { source: ['a'] } };
    const other = JSON.stringify({ Resources: { Only: { Type: 'AWS::Events::Rule', Properties } } });
    const io = recordedIo({ files: { 'bad.yaml': 'a: 1', 'other.yaml': other } });
    expect(await runCommand(['serve', '--port', '0', ...args], io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toContain(sentence);
  });
});
