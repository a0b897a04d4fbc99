import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, type Target } from '../../src/index.js';

const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
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
    ]);
    const Targets = [
      { Id: '1', Arn, Input: ' {"a" : 1.0}' },
      { Id: '2', Arn, Input: '"text"' },
      { Id: '3', Arn, InputPath: '$.notexisting' },
      { Id: '4', Arn, InputPath: 'no path at all' },
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
      templated('{"a":<$.detail.a>}'),
      'InputTemplate for target t contains invalid placeholder $.detail.a.',
    ],
    [
      'a placeholder that every object inherits',
      templated('<constructor>', {}),
      'InputTemplate for target t contains invalid placeholder constructor.',
    ],
    [
      'an unknown placeholder of the service',
      templated('<aws.events.event.id>'),
      'InputTemplate for target t contains invalid placeholder aws.events.event.id.',
    ],
    ...['{<a>:1}', '{"b":[{ <a> : 1}]}', '{"<a>":1}', '{"a\\"<a> b" \n: "<a>"}'].map(
      (template): Refusal => [
        `a placeholder in a name: ${template}`,
        templated(template, { a: '$.a' }),
        'InputTemplate for target t contains placeholder a in the name of a member.',
      ],
    ),
    [
      'a reserved name',
      templated('<AWSa>', { AWSa: '$.a' }),
      'InputPathsMap for target t contains invalid key AWSa. Keys must not start with AWS.',
    ],
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
    [
      'an empty Input',
      { Input: '' },
      'JSON syntax error in input for target t: [Source: (String)""; line: 1, column: 1]',
    ],
    ['an Input that is only a word', { Input: 'hello' }, '[Source: (String)"hello"; line: 1, column: 6]'],
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
    ['an Input for a bus', { Arn: bus, Input: '{}' }, 'Modifying the input for target t is not supported'],
    [
      'an InputPath for a bus',
      { Arn: bus, InputPath: '$.detail' },
      'Modifying the input for target t is not supported',
    ],
    ['a template for a bus', { Arn: bus, ...templated('"a"') }, 'Modifying the input for target t is not supported'],
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

  test.each(['"<a>: <a>"', '"<a>": 1', '["<a>:", <a>]', '{"b":"<a>:","c":<a>}', '{"b":"\\"<a>\\" :"}', '[<a>]'])(
    'may have placeholders wherever there is no name: %s',
    async (InputTemplate) => {
      await using bridge = await bridgeWithRule();
      const Targets = [{ Id: 't', Arn, InputTransformer: { InputTemplate, InputPathsMap: { a: '$.a' } } }];
      expect(await bridge.putTargets({ Rule: 'big', Targets })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    },
  );
});
