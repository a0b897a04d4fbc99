import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';
import { shopTemplate } from './shop-template.js';

const envelope = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'Order Placed',
  source: 'com.shop',
  account: '123456789012',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  resources: [],
  detail: { total: 120 },
};
const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":120}', EventBusName: 'dev-orders' };
const rules = ['--rules', 'template.yaml'];

async function explain(event: unknown, args: readonly string[] = [], template = shopTemplate) {
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  const io = recordedIo({ files: { 'event.json': text, 'template.yaml': template } });
  const exit = await runCommand(['explain', 'event.json', ...rules, ...args], io);
  return { exit, output: io.output(), errors: io.errors() };
}

async function explainJson(event: unknown, args: readonly string[] = [], template = shopTemplate) {
  const { exit, output } = await explain(event, ['--json', ...args], template);
  return { exit, ...JSON.parse(output) };
}

/** The reasons at a rule with this pattern, on the default bus. */
async function reasonsFor(pattern: object, detail: object) {
  const Properties = { EventPattern: pattern };
  const template = JSON.stringify({ Resources: { Only: { Type: 'AWS::Events::Rule', Properties } } });
  return (await explainJson({ ...envelope, detail }, [], template)).rules[0].reasons;
}

describe('explain', () => {
  test('explain says every reason why a short event does not match a rule, with hints', async () => {
    const event = { source: 'com.shop', detailType: 'Order Placed', detail: { total: '120' } };
    const { exit, output, errors } = await explain(event, ['--rule', 'BigOrder']);
    expect(output).toBe(
      [
        'event  event.json, read as a short event: filled in id, time, account, region,',
        '       resources; "detailType" taken for "detail-type" (--strict refuses this)',
        'bus    the event names none: "default"; the rules are on "dev-orders"',
        '',
        '  ✗ BigOrder  template.yaml:12  not on this bus',
        '      bus           event is on "default", rule on "dev-orders" (!Sub',
        `                    '\${Stage}-orders', Stage=dev)`,
        '                    hint: put it with EventBusName "dev-orders", or ask with',
        '                    --bus dev-orders',
        '      detail.total  is "120", a string; numeric matches numbers only',
        '                    hint: the producer sends a string, and EventBridge does not',
        '                    convert it: send 120',
        '  2 of 2 differences shown. Fix both: neither alone makes the rule fire.',
        '',
      ].join('\n'),
    );
    expect(exit).toBe(1);
    expect(errors).toBe('');
  });

  test('explain shows what each target receives, and names schedules', async () => {
    const { exit, output } = await explain({ ...envelope, detail: { total: 120, order: { id: 1 } } }, [
      '--bus',
      'dev-orders',
    ]);
    const lines = output.split('\n').map((line) => line.trimEnd());
    expect(lines.slice(0, 2)).toEqual(['event  event.json, read as an event', 'bus    "dev-orders"']);
    expect(lines).toContain('  ✓ BigOrder  template.yaml:12');
    expect(lines).toContain('      → BillBigOrderLambdaTarget  Bill  gets the event');
    expect(lines).toContain('  ✓ Slack     template.yaml:20');
    expect(output).toContain('        ✗ input: Invalid input for target. <order> is an object: write it\n');
    expect(lines).toContain('  – Nightly   template.yaml:18  schedule rate(1 day), not a pattern');
    expect(output).toContain('  – Weekly    template.yaml:19  skipped: ScheduleV2 is a schedule of');
    expect(exit).toBe(0);
  });

  test('explain prints one JSON document', async () => {
    const { exit, footbridge, matches, rules: verdicts, events } = await explainJson(entry);
    expect({ exit, footbridge, matches }).toEqual({ exit: 0, footbridge: 1, matches: true });
    expect(verdicts[0]).toEqual({
      event: 0,
      rule: 'BigOrder',
      name: 'stack-BillBigOrder',
      file: 'template.yaml',
      line: 12,
      column: 9,
      bus: 'dev-orders',
      matches: true,
      reasons: [],
      targets: [
        {
          id: 'BillBigOrderLambdaTarget',
          arn: 'arn:aws:lambda:us-east-1:123456789012:function:stack-Bill',
          logicalId: 'Bill',
          input: expect.stringContaining('"detail":{"total":120}'),
        },
      ],
    });
    expect(events).toMatchObject([{ bus: 'dev-orders', busIsNamed: true, form: 'an entry of PutEvents' }]);
  });

  test.each([
    ['an entry', entry],
    ['a request', { Entries: [entry] }],
    ['an array', [entry]],
    ['lines', `${JSON.stringify(entry)}\n${JSON.stringify(entry)}\n`],
    ['what Lambda gets of SQS', { Records: [{ messageId: '1', body: JSON.stringify(entry) }] }],
    ['what Lambda gets of SNS', { Records: [{ Sns: { Message: JSON.stringify(entry) } }] }],
    ['what ReceiveMessage answers', { Messages: [{ MessageId: '1', Body: JSON.stringify(entry) }] }],
    ['what FilterLogEvents answers', { events: [{ timestamp: 1, message: JSON.stringify(entry) }] }],
    ['what Lambda logs', { message: `2026-01-02T03:04:05Z\tr-1\tINFO\t${JSON.stringify(entry)}` }],
    ['what Lambda sends on failure', { requestContext: {}, requestPayload: entry, responsePayload: null }],
    ['SNS within SQS', { body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(entry) }) }],
  ])('explain reads %s', async (_case, given) => {
    expect(await explainJson(given, ['--rule', 'BigOrder'])).toMatchObject({ exit: 0, matches: true });
  });

  test.each([
    ['detailType', { source: 'com.shop', detailType: 'a' }, '"detailType" taken for "detail-type"'],
    ['other case', { Source_: 1, source: 'com.shop', detail_type: 'a' }, '"detail_type" taken for "detail-type"'],
    ['EventBusName', { ...envelope, EventBusName: 'dev-orders' }, '"EventBusName" taken for "bus"'],
    ['detail as text', { ...envelope, detail: '{"total":120}' }, 'detail taken for the object in its text'],
  ])('explain says what it takes %s for', async (_case, given, guess) => {
    const { events } = await explainJson(given);
    expect(events[0].guesses).toEqual([guess]);
    expect((await explain(given, ['--strict'])).exit).toBe(2);
  });

  test('explain says which members of an event it ignores', async () => {
    const given = { ...envelope, detials: {}, detailType: 'Another' };
    const { output, exit } = await explain(given, ['--bus', 'dev-orders', '--rule', 'Slack']);
    expect(output).toContain('event  event.json, read as an event; ignored "detials", "detailType" (--strict');
    expect(exit).toBe(0);
    expect((await explainJson({ ...entry, source: 'a' })).events[0].ignored).toEqual(['source']);
    expect((await explain(given, ['--strict'])).errors).toContain('events do not have detials, detailType');
  });

  test('explain returns 0 only if every rule that was named matches', async () => {
    const small = { ...entry, Detail: '{"total":1}' };
    expect((await explain(small)).exit).toBe(0);
    expect((await explain(small, ['--rule', 'Slack'])).exit).toBe(0);
    expect((await explain(small, ['--rule', 'Slack', 'BigOrder'])).exit).toBe(1);
    expect((await explain([entry, { ...entry, Source: 'other' }])).exit).toBe(1);
  });

  test('explain says what PutEvents would reject', async () => {
    const { exit, output } = await explain({ ...entry, Detail: '"{}"' });
    expect(output).toContain('  ✗ PutEvents rejects it: MalformedDetail: Detail is malformed.');
    expect(exit).toBe(1);
  });

  test.each([
    ['an entry', { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(1_048_576) }) }],
    ['an event', { ...envelope, detail: { text: 'x'.repeat(1_048_576) } }],
  ])('explain says that %s is larger than a request may be', async (_case, given) => {
    const { exit, output } = await explain(given);
    expect(output).toContain('✗ PutEvents rejects it: ValidationException: Total size of the entries in the request');
    expect(exit).toBe(1);
  });

  test('explain takes parameters of the template', async () => {
    const { exit, output } = await explain({ ...entry, EventBusName: 'prod-orders' }, ['--parameter', 'Stage=prod']);
    expect(output).toContain('✓ BigOrder');
    expect(exit).toBe(0);
  });

  test('explain assumes that the buses of other templates exist', async () => {
    const Properties = { EventBusName: 'elsewhere', EventPattern: { source: ['com.shop'] } };
    const template = JSON.stringify({ Resources: { Only: { Type: 'AWS::Events::Rule', Properties } } });
    expect((await explain(envelope, ['--bus', 'elsewhere'], template)).exit).toBe(0);
  });

  test('explain names a rule that is disabled', async () => {
    const Properties = { State: 'DISABLED', EventPattern: { source: ['com.shop'] } };
    const template = JSON.stringify({ Resources: { Only: { Type: 'AWS::Events::Rule', Properties } } });
    const { exit, rules: verdicts } = await explainJson(envelope, [], template);
    expect(verdicts[0].reasons).toMatchObject([{ kind: 'disabled', message: 'the rule is disabled' }]);
    expect(exit).toBe(1);
  });

  test.each([
    [{ 'detail-type': ['order placed'] }, {}, 'patterns are case-sensitive: send "order placed"'],
    [{ detailType: ['Order Placed'] }, {}, 'events have "detail-type", not "detailType"'],
    [{ total: [120] }, { total: 120 }, 'the event has detail.total, the pattern requires total'],
    [{ detail: { total: ['120'] } }, { total: 120 }, 'the producer sends a number, and EventBridge does not convert'],
    [{ detail: { paid: [true] } }, { paid: 'true' }, 'EventBridge does not convert it: send true'],
    [{ detail: { id: ['a'] } }, { id: 'a ' }, 'there are spaces around it: send "a"'],
    [{ detail: { orderId: ['a'] } }, { order: { order_id: 'a' } }, 'the event has detail.order.order_id'],
    [{ $or: [{ source: ['x'] }, { detail: { total: [1] } }] }, { total: '1' }, 'does not convert it: send 1'],
    [{ detail: { items: { price: [1] } } }, { items: [{ price: 2 }, { price: '1' }] }, 'convert it: send 1'],
    [{ detail: { items: ['a'] } }, { items: { a: 1 } }, 'patterns match values, not objects'],
    [{ colour: ['red'] }, {}, 'events have no "colour": their own data is in "detail"'],
  ])('explain has a hint for pattern %j and detail %j', async (pattern, detail, hint) => {
    const [reason] = await reasonsFor(pattern, detail);
    expect(reason.hint).toContain(hint);
  });

  test('explain has no hint if no reason is likely', async () => {
    const [reason] = await reasonsFor({ source: ['com.bank'] }, {});
    expect(reason).toEqual({ kind: 'field', path: 'source', message: 'source is "com.shop", wanted "com.bank"' });
  });

  test.each([
    ['no event', [], [], 'explain takes an EVENT; 0 given'],
    ['an event behind the templates', [], ['--rules', 'template.yaml', 'event.json'], 'put the EVENT before --rules'],
    ['no template', ['{}'], [], 'explain needs --rules TEMPLATE'],
    ['an unknown rule', [JSON.stringify(entry)], [...rules, '--rule', 'BigOrdr'], 'did you mean BigOrder?'],
    ['an event that is none', ['{}'], rules, 'entry 1 is neither an entry (Source, DetailType, Detail)'],
    ['text that is no JSON', ['{"source":\n x}'], rules, '2:3: this is not JSON'],
    ['what --strict refuses', ['{"source":"a","detailType":"b"}'], [...rules, '--strict'], 'it lacks detail, id'],
    ['a parameter that is none', [JSON.stringify(entry)], [...rules, '--parameter', 'x'], 'must be NAME=VALUE'],
    ['members of a wrong type', ['{"Source":1,"Detail":"{}"}'], rules, 'Source must be a string, but is 1'],
    ['a glob without files', [JSON.stringify(entry)], ['--rules', '*.yml'], 'there is no file *.yml'],
  ])('explain returns 2 for %s', async (_case, words, options, sentence) => {
    const io = recordedIo({ files: { 'template.yaml': shopTemplate } });
    expect(await runCommand(['explain', ...words, ...options], io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toContain(sentence);
  });

  test('explain says what is wrong with a template, and where', async () => {
    const { exit, errors } = await explain(entry, [], shopTemplate.replace("['>', 100]", "['>']"));
    expect(exit).toBe(2);
    expect(errors).toMatch(/^footbridge: template\.yaml:\d+:\d+: .*Event pattern is not valid\. Reason: /);
  });

  test('explain keeps to the width of a terminal that is narrower than 80', async () => {
    const files = { 'event.json': '{"source":"com.shop","detailType":"a","detail":{}}', 'template.yaml': shopTemplate };
    const io = recordedIo({ files, columns: 60 });
    await runCommand(['explain', 'event.json', ...rules], io);
    const longest = Math.max(
      ...io
        .output()
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeGreaterThan(50);
    expect(longest).toBeLessThanOrEqual(60);
  });

  test('explain has room for a summary beside names of any length', async () => {
    const name = 'Long'.repeat(30);
    const file = `${'folder/'.repeat(9)}template.yaml`;
    const io = recordedIo({
      files: { 'event.json': JSON.stringify(envelope), [file]: shopTemplate.replace('Slack', name) },
    });
    expect(await runCommand(['explain', 'event.json', '--rules', file], io)).toBe(1);
    expect(io.output()).toContain(`  ✗ ${name}  ${file}:20\n      not on this bus\n`);
  });

  test('explain shows no control characters of an event', async () => {
    const { output } = await explain({ ...entry, Source: 'a\u001b[2J' });
    expect(output).not.toContain('\u001b');
  });

  test('is not stopped by what is wrong with another rule, or not known of it', async () => {
    const template = `Parameters: { Source: { Type: String } }
Resources:
  Good: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [com.shop] } } }
  Bad: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: com.shop } } }
  Unknown: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [!Ref Source] } } }
`;
    expect(await explain(envelope, ['--rule', 'Good'], template)).toMatchObject({ exit: 0, errors: '' });
    const bad = await explain(envelope, ['--rule', 'Bad'], template);
    expect(bad).toMatchObject({ exit: 2, errors: expect.stringContaining('template.yaml:4:73: ') });
    expect(bad.errors).not.toContain('Source');
    const unknown = await explain(envelope, ['--rule', 'Unknown'], template);
    expect(unknown).toMatchObject({ exit: 2, errors: expect.stringContaining('the parameter Source has no Default') });
    expect((await explain(envelope, [], template)).exit).toBe(2);
  });
});
