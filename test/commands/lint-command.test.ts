import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';
import { shopTemplate } from './shop-template.js';

async function lint(files: Readonly<Record<string, string>>, ...args: string[]) {
  const io = recordedIo({ files });
  const exit = await runCommand(['lint', ...args], io);
  return { exit, output: io.output(), errors: io.errors() };
}

const queue = { Type: 'AWS::SQS::Queue' };
/** Lets EventBridge send to queues. */
const policyOf = (...queues: string[]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: queues.map((Ref) => ({ Ref })),
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:*', Resource: '*' }],
    },
  },
});
const target = (id: string) => ({ Id: id, Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } });
const DeadLetterConfig = { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } };
const guarded = { ...target('1'), DeadLetterConfig };
const rule = (properties: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: { Targets: [guarded], ...properties },
});

/** `severity code: message` of each finding. */
async function findings(rules: Readonly<Record<string, object>>, ...args: string[]): Promise<readonly string[]> {
  const template = JSON.stringify({ Resources: { Queue: queue, Send: policyOf('Queue'), ...rules } });
  const { output } = await lint({ 'a.json': template }, 'a.json', '--format', 'json', ...args);
  const found = JSON.parse(output).findings as { severity: string; code: string; message: string }[];
  return found.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

const guards = ['--enable', 'no-dead-letter-queue', '--ignore', 'queue-policy'];

describe('lint', () => {
  test('lint prints a line for each finding, with its place, and returns 1 for an error', async () => {
    const bad = shopTemplate.replace("['>', 100]", "'>'");
    const { exit, output, errors } = await lint(
      { 'services/a/template.yaml': bad, 'services/b/template.yaml': shopTemplate, 'services/b/other.yaml': '' },
      'services/*/template.yaml',
      ...guards,
    );
    expect(output).toBe(
      [
        'services/a/template.yaml:16:73  error    Event pattern is not valid. Reason: Value of numeric must be an array.   (AWS refuses the deploy)',
        'services/a/template.yaml:18:9   warning  rule Nightly has no dead-letter queue',
        'services/a/template.yaml:26:11  warning  rule Slack has no dead-letter queue',
        'services/b/template.yaml:18:9   warning  rule Nightly has no dead-letter queue',
        'services/b/template.yaml:26:11  warning  rule Slack has no dead-letter queue',
        '1 error, 4 warnings',
        '',
      ].join('\n'),
    );
    expect(errors).toBe('');
    expect(exit).toBe(1);
  });

  test('lint returns 0 if there are only warnings', async () => {
    expect((await lint({ 'template.yaml': shopTemplate }, 'template.yaml')).exit).toBe(0);
  });

  test.each([
    ['a schedule on another bus', { EventBusName: 'orders', ScheduleExpression: 'rate(1 day)' }, 'supported only on'],
    ['a schedule that is none', { ScheduleExpression: 'rate(1 days)' }, 'ScheduleExpression is not valid'],
    [
      'wildcards too complex',
      { EventPattern: { source: [{ wildcard: 'a*b*c*'.repeat(9) }, { wildcard: 'b*b*c*'.repeat(9) }] } },
      'Rule is too complex',
    ],
    ['six targets', { EventPattern: { source: ['a'] }, Targets: [...'123456'].map(target) }, 'five targets at most'],
    ['a resource that is not there', { EventPattern: { source: [{ Ref: 'Nothing' }] } }, 'no resource "Nothing"'],
  ])('lint finds an error in %s', async (_case, properties, sentence) => {
    const found = await findings({ Only: rule(properties) });
    expect(found.filter((one) => one.startsWith('error refused: '))).toEqual([expect.stringContaining(sentence)]);
  });

  test.each([
    [{ detailType: ['a'] }, 'pattern has "detailType": events have "detail-type", so this never matches'],
    [{ total: [1] }, 'pattern has "total", which no event has beside "detail", so this never matches'],
    [{ detail: ['a'] }, 'pattern wants values for "detail", which is an object, so this never matches'],
    [{ account: [123456789012] }, 'pattern wants for "account" what is not a string, so this never matches'],
    [{ source: { name: ['a'] } }, 'pattern looks into "source", which is a string, so this never matches'],
    [{ source: [{ exists: false }] }, 'pattern wants no "source", which every event has, so this never matches'],
    [
      { $or: [{ Source: ['a'] }, { source: [1] }] },
      'no branch of $or can match: pattern has "Source": events have "source", so this never matches',
    ],
  ])('lint finds that %j never matches', async (pattern, sentence) => {
    expect(await findings({ Only: rule({ EventPattern: pattern }) })).toEqual([`warning never-matches: ${sentence}`]);
  });

  test.each([
    [{ source: ['a', { exists: false }] }],
    [{ total: [{ exists: false }] }],
    [{ $or: [{ Source: ['a'] }, { source: ['a'] }] }],
    [{ source: [{ exists: true }], 'replay-name': [{ exists: false }] }],
    [{ resources: [{ suffix: '/1' }], account: ['123456789012'], detail: { a: { b: [1, null] } } }],
  ])('lint finds nothing in %j', async (pattern) => {
    expect(await findings({ Only: rule({ EventPattern: pattern }) })).toEqual([]);
  });

  test('lint finds rules without targets, and those that say the same', async () => {
    const pattern = { source: ['b', 'a'], detail: { x: [1] } };
    const same = { detail: { x: [1] }, source: ['a', 'b'] };
    const found = await findings({
      First: rule({ EventPattern: pattern }),
      Second: rule({ EventPattern: same }),
      Elsewhere: rule({ EventPattern: same, EventBusName: 'other', Targets: [] }),
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^warning duplicate-rule: rule Second has the pattern of First \(a\.json:1:\d+\): Queue gets/,
      ),
      'warning no-target: rule Elsewhere has no target',
    ]);
  });

  test('lint finds nothing in two rules with different targets', async () => {
    const others = (ids: string) =>
      [...ids].map((id) => ({ Id: id, Arn: { 'Fn::GetAtt': [`Queue${id}`, 'Arn'] }, DeadLetterConfig }));
    const pattern = { source: ['a'] };
    const queues = Object.fromEntries([...'123456'].map((id) => [`Queue${id}`, queue]));
    const found = await findings({
      ...queues,
      Policy: policyOf(...Object.keys(queues)),
      First: rule({ EventPattern: pattern, Targets: others('1234') }),
      Second: rule({ EventPattern: pattern, Targets: others('56') }),
    });
    expect(found).toEqual([]);
  });

  test('lint finds two rules with the same name', async () => {
    const named = (source: string) => rule({ Name: 'one', EventPattern: { source: [source] } });
    expect(await findings({ First: named('a'), Second: named('b') })).toEqual([
      'error refused: First has the name "one" already',
    ]);
  });

  test('lint says what it cannot check, unless a parameter says it', async () => {
    const template = JSON.stringify({
      Parameters: { Source: { Type: 'String' } },
      Resources: {
        Queue: queue,
        Send: policyOf('Queue'),
        Only: rule({ EventPattern: { source: [{ Ref: 'Source' }] } }),
      },
    });
    const unknown = await lint({ 'a.json': template }, 'a.json');
    expect(unknown.output).toContain('the parameter Source has no Default');
    expect(unknown.output).toContain('   (set it with --parameter Source=VALUE)');
    expect(unknown.exit).toBe(1);
    expect(await lint({ 'a.json': template }, 'a.json', '--parameter', 'Source=a')).toMatchObject({
      exit: 0,
      output: '0 errors, 0 warnings\n',
    });
  });

  test('lint distinguishes what is unknown or unsupported from what AWS rejects', async () => {
    const bus = (EventBusName: object) => rule({ EventPattern: { source: ['a'] }, EventBusName });
    const found = await findings({
      Imported: bus({ 'Fn::ImportValue': 'parameters[bus]' }),
      Stored: bus({ 'Fn::Sub': '{{resolve:ssm:/bus}}' }),
      Forwarded: bus({ 'Fn::GetAtt': ['Table', 'StreamArn'] }),
      Transformed: bus({ 'Fn::Transform': { Name: 'Macro' } }),
      Misspelled: bus({ Ref: 'parameters[bus]' }),
      Table: { Type: 'AWS::DynamoDB::Table' },
    });
    expect(found.map((one) => one.replace(/:.*/s, ''))).toEqual([
      'error unresolved',
      'error unresolved',
      'error unresolved',
      'error unsupported',
      'error refused',
    ]);
  });

  test('lint quotes a parameter for a shell', async () => {
    const template = JSON.stringify({
      Resources: {
        Queue: queue,
        Only: rule({ EventPattern: { source: [{ 'Fn::ImportValue': "the team's source" }] } }),
      },
    });
    const { output } = await lint({ 'a.json': template }, 'a.json');
    expect(output).toContain(`   (set it with --parameter 'the team'\\''s source=VALUE')`);
  });

  test.each([
    ['State', 'enabled'],
    ['Name', 'a b'],
    ['Description', 'x'.repeat(513)],
    ['ScheduleExpression', 'rate(x)'],
  ])('lint points to the property that AWS rejects: %s', async (name, value) => {
    const Properties = { EventPattern: { source: ['a'] }, [name]: value };
    const template = JSON.stringify({ Resources: { Only: { Type: 'AWS::Events::Rule', Properties } } }, null, 1);
    const { output } = await lint({ 'a.json': template }, 'a.json');
    const line = template.split('\n').findIndex((one) => one.includes(`"${name}":`)) + 1;
    expect(output).toMatch(new RegExp(`^a\\.json:${line}:`));
  });

  test('lint shortens the sentences that quote a long value', async () => {
    const [finding = ''] = await findings({ Only: rule({ EventPattern: { source: ['a'.repeat(5000)] } }) });
    expect(finding).toMatch(/^error refused: 1 validation error detected: .* … .* less than or equal to 4096$/);
    expect(finding.length).toBeLessThan(700);
  });

  test('lint prints each GitHub annotation on one line', async () => {
    const { output } = await lint({ 'a,b.yaml': shopTemplate }, 'a,b.yaml', '--format', 'github', ...guards);
    expect(output.split('\n')).toEqual([
      '::warning file=a%2Cb.yaml,line=18,col=9,title=footbridge no-dead-letter-queue::rule Nightly has no dead-letter queue',
      '::warning file=a%2Cb.yaml,line=26,col=11,title=footbridge no-dead-letter-queue::rule Slack has no dead-letter queue',
      '',
    ]);
  });

  test('lint prints SARIF', async () => {
    const { output } = await lint({ './a b/#1.yaml': shopTemplate }, './a b/#1.yaml', '--format', 'sarif', ...guards);
    const { version, runs } = JSON.parse(output);
    expect(version).toBe('2.1.0');
    expect(runs[0].results[0]).toEqual({
      ruleId: 'no-dead-letter-queue',
      level: 'warning',
      message: { text: 'rule Nightly has no dead-letter queue' },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'a%20b/%231.yaml' }, region: { startLine: 18, startColumn: 9 } },
        },
      ],
    });
  });

  test('lint prints an absolute path in SARIF as a URI of its own', async () => {
    const { output } = await lint({ '/work/a.yaml': shopTemplate }, '/work/a.yaml', '--format', 'sarif');
    const [{ physicalLocation }] = JSON.parse(output).runs[0].results[0].locations;
    expect(physicalLocation.artifactLocation.uri).toBe('file:///work/a.yaml');
  });

  test('lint finds a file that is not a template', async () => {
    const { exit, output } = await lint({ 'a.yaml': 'a: [', 'b.yaml': 'a: 1' }, '*.yaml');
    expect(output).toMatch(/^a\.yaml:\d+:\d+ {2}error {4}not valid YAML/);
    expect(output).toMatch(/^b\.yaml:1:1 +error {4}this is not a template/m);
    expect(exit).toBe(1);
  });

  test.each([
    ['no file', [], 'lint needs FILES'],
    ['a file that is not there', ['a.yaml'], 'cannot read a.yaml: no such file'],
    ['a glob without files', ['*/*.yaml'], 'there is no file */*.yaml'],
    ['an unknown format', ['a.yaml', '--format', 'xml'], '--format must be stylish, json, github, sarif, but is "xml"'],
  ])('lint returns 2 for %s', async (_case, args, sentence) => {
    const { exit, output, errors } = await lint({}, ...args);
    expect({ exit, output }).toEqual({ exit: 2, output: '' });
    expect(errors).toContain(`footbridge: ${sentence}`);
  });
});
