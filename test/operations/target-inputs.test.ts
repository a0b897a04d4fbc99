import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, type Target } from '../../src/index.js';

const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/c';
const TaskDefinitionArn = 'arn:aws:ecs:us-east-1:123456789012:task-definition/t:1';
const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
const logs = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/l';

async function bridgeWithRule(): Promise<Bridge> {
  const bridge = createBridge();
  await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
  return bridge;
}

function templated(InputTemplate: string, InputPathsMap?: Record<string, string>): Partial<Target> {
  return { InputTransformer: { InputTemplate, InputPathsMap } };
}

/** What is refused, by which options of a target, in which words. */
type Refusal = [string, Partial<Target>, string];

const once = 'Only one of Input, InputPath, or InputTransformer must be provided for target t.';
const key =
  "at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [A-Za-z0-9\\_\\-]+]";

describe('The input options of a target', () => {
  test('are kept and listed as they were put', async () => {
    await using bridge = await bridgeWithRule();
    const InputPathsMap = Object.fromEntries([
      ['__proto__', '$.detail.a'],
      ['unused', '$.b'],
      ['AWSthing', '$.c'],
    ]);
    const Targets = [
      { Id: '1', Arn, Input: ' {"a" : 1.0}' },
      { Id: '2', Arn, Input: '' },
      { Id: '3', Arn, InputPath: '$.notexisting' },
      { Id: '4', Arn, InputPath: '' },
      { Id: '5', Arn, InputTransformer: { InputPathsMap, InputTemplate: '"<__proto__> <aws.events.rule-arn>"' } },
    ];
    await bridge.putTargets({ Rule: 'big', Targets });
    const listed = await bridge.listTargetsByRule({ Rule: 'big' });
    expect(JSON.stringify(listed.Targets)).toBe(JSON.stringify(Targets));
  });

  test.each<Refusal>([
    ['an Input beside an InputPath', { Input: '{}', InputPath: '$.a' }, once],
    ['a template beside an InputPath', { InputPath: '$.a', ...templated('"a"') }, once],
    ['all three', { Input: 'x', InputPath: '$.a', ...templated('<b>') }, once],
    [
      'an unknown placeholder',
      templated('"<a> <b>"', { a: '$.a' }),
      'InputTemplate for target t contains invalid placeholder b.',
    ],
    [
      'a path for a placeholder',
      templated('{"a":<$.detail.a>}', { a: '$.a' }),
      'InputTemplate for target t contains invalid placeholder $.detail.a.',
    ],
    [
      'a placeholder that every object inherits',
      templated('<constructor>', { a: '$.a' }),
      'InputTemplate for target t contains invalid placeholder constructor.',
    ],
    [
      'an unknown placeholder of the service',
      templated('<aws.events.event.id>', { a: '$.a' }),
      'InputTemplate for target t contains invalid placeholder aws.events.event.id.',
    ],
    ...['{<a>:1}', '{"b":[{ <a> : 1}]}', '{"<a>":1}', '{"a\\"<a> b" \n: "<a>"}'].map(
      (template): Refusal => [
        `a placeholder in a name: ${template}`,
        templated(template, { a: '$.a' }),
        'InputTemplate placeholder present as a JSON object key for target t.',
      ],
    ),
    ['a name of wrong characters', templated('"a"', { 'a.b': '$.a' }), `Value '{a.b=$.a}' ${key}`],
    ['an empty name', templated('"a"', { '': '$.a' }), `Value '{=$.a}' ${key}`],
    [
      'a path that is too long',
      templated('"a"', { a: `$.${'a'.repeat(255)}` }),
      'failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256]',
    ],
    [
      'too many paths',
      templated('"a"', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index}`, '$.a']))),
      "at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [
      'no template',
      { InputTransformer: { InputTemplate: undefined } },
      "Value null at 'targets.1.member.inputTransformer.inputTemplate' failed to satisfy constraint: Member must not be null",
    ],
    ['an empty template', templated(''), 'Member must have length greater than or equal to 1'],
    ['a template that is too long', templated('a'.repeat(8193)), 'Member must have length less than or equal to 8192'],
    [
      'an Input that is too long',
      { Input: `"${'a'.repeat(8191)}"` },
      "at 'targets.1.member.input' failed to satisfy constraint: Member must have length less than or equal to 8192",
    ],
    [
      'an InputPath that is too long',
      { InputPath: 'a'.repeat(257) },
      "at 'targets.1.member.inputPath' failed to satisfy constraint: Member must have length less than or equal to 256",
    ],
    [
      'an Input that is no JSON',
      { Input: "{'db_name':1}" },
      `JSON syntax error in input for target t: [Source: (String)"{'db_name':1}"; line: 1, column: 3]`,
    ],
    ['an Input that is only a word', { Input: 'hello' }, '[Source: (String)"hello"; line: 1, column: 1]'],
    [
      'an Input that does not end',
      { Input: '{"a":"b' },
      'JSON syntax error in input for target t: [Source: (String)"{"a":"b"; line: 1, column: 8]',
    ],
    [
      'an Input with more behind it',
      { Input: '"a" 1' },
      'JSON syntax error in input for target t: [Source: (String)""a" 1"; line: 1, column: 5]',
    ],
    [
      'an Input that is too deep',
      { Input: `${'['.repeat(4000)}1${']'.repeat(4000)}` },
      'JSON syntax error in input for target t: ',
    ],
    ['an Input for a bus', { Arn: bus, RoleArn, Input: '{}' }, 'Modifying the input for target t is not supported.'],
    [
      'an InputPath for a bus',
      { Arn: bus, RoleArn, InputPath: '$.detail' },
      'Modifying the input for target t is not supported.',
    ],
    [
      'a template for a bus',
      { Arn: bus, RoleArn, ...templated('"a"') },
      'Modifying the input for target t is not supported.',
    ],
    // Captured, September 2026 (stackd, inputs.json and logs_destination.json).
    ...[
      'detail.text',
      "$.detail['text']",
      '$["detail"]',
      '$..text',
      '$.detail.*',
      '$.a[-1]',
      '$.a[0:1]',
      '$[0]',
      '$.',
      '$.a b',
      '$.a.',
      '$.a[',
      '$.a[?(@.b)]',
      '$.\u00e4',
    ].flatMap((path): Refusal[] => [
      [`the InputPath ${path}`, { InputPath: path }, 'InputPath for target t is invalid.'],
      [`the path ${path} in a map`, templated('"<a>"', { a: path }), 'InputPath for target t is invalid.'],
    ]),
    ['an empty path in a map', templated('"<a>"', { a: '' }), 'InputPath for target t is invalid.'],
    ...['"is <aws.events.event.json>"', '[<aws.events.event.json>]', '<aws.events.event.json>'].map(
      (template): Refusal => [
        `the event in text: ${template}`,
        templated(template),
        'InputTemplate for target t contains placeholder aws.events.event.json valid only for JSON template.',
      ],
    ),
    [
      'a template that is a sentence',
      templated('Hello <a>', { a: '$.a' }),
      'Invalid InputTemplate for target t : [Source: (String)"Hello null"; line: 1, column: 1].',
    ],
    [
      'a template with a name without quotes',
      templated('{a:<a>}', { a: '$.a' }),
      'Invalid InputTemplate for target t : [Source: (String)"{a:null}"; line: 1, column: 3].',
    ],
    [
      'a template that does not end',
      templated('{"a":<a>', { a: '$.a' }),
      'Invalid InputTemplate for target t : [Source: (String)"{"a":null"; line: 1, column: 10].',
    ],
    [
      'an Input for a log group',
      { Arn: logs, Input: '{}' },
      'Input and InputPath are not valid forms of input for target t. The only valid form of input is InputTransformer.',
    ],
    [
      'an InputPath for a log group',
      { Arn: logs, InputPath: '$.detail' },
      'Input and InputPath are not valid forms of input for target t. The only valid form of input is InputTransformer.',
    ],
    [
      'an InputPath for an ECS cluster',
      { Arn: cluster, RoleArn, EcsParameters: { TaskDefinitionArn }, InputPath: '$.detail' },
      'InputPath is not a valid form of input for target t. The only valid forms of input are Input and InputTransformer.',
    ],
    ['a text for a log group', { Arn: logs, ...templated('"a"') }, 'Input for target t is not a valid JSON text.'],
  ])('are refused with %s, and nothing is put', async (_, options, message) => {
    await using bridge = await bridgeWithRule();
    const Targets = [
      { Id: 't', Arn, ...options },
      { Id: 'fine', Arn },
    ];
    await expect(bridge.putTargets({ Rule: 'big', Targets })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
    expect(await bridge.listTargetsByRule({ Rule: 'big' })).toEqual({ Targets: [] });
  });

  test.each(['"<a>: <a>"', '["<a>:", <a>]', '{"b":"<a>:","c":<a>}', '{"b":"\\"<a>\\" :"}', '[<a>]'])(
    'may have placeholders wherever there is no name: %s',
    async (InputTemplate) => {
      await using bridge = await bridgeWithRule();
      const Targets = [{ Id: 't', Arn, InputTransformer: { InputTemplate, InputPathsMap: { a: '$.a' } } }];
      expect(await bridge.putTargets({ Rule: 'big', Targets })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    },
  );
});
