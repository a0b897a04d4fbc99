import { describe, expect, test } from 'vitest';
import { createBridge, type Target } from '../../src/index.js';

/**
 * Captured from the service, September 2026 (github.com/radkawar/stackd, testdata/aws/eventbridge/inputs.json, commit 9dc356f5): one event
 * for all rows, an SQS queue as the target, and a dead-letter queue. `$event` stands for the whole event.
 */
const probe = {
  text: 'hello',
  number: 42,
  flag: true,
  nothing: null,
  object: { first: 'one', second: 2 },
  array: ['one', 'two', { x: 3 }],
  items: [{ name: 'first' }, { name: 'second' }],
  'hyphen-key': 'dash',
  under_score: 'under',
  'slash/key': 'slash',
  quoted: 'say "hello"',
  escaped: 'line\nslash\\tab\tend',
};

type Options = Pick<Target, 'Input' | 'InputPath' | 'InputTransformer'>;

const target = 'arn:aws:sqs:us-east-1:123456789012:target';

/** A template whose variables are named by the last names of their paths. */
function template(InputTemplate: string, ...paths: string[]): Options {
  const InputPathsMap = Object.fromEntries(paths.map((path) => [path.replace(/^.*[.$]/, ''), `$.detail.${path}`]));
  return { InputTransformer: { InputTemplate, ...(paths.length === 0 ? {} : { InputPathsMap }) } };
}

async function outcomeOf(options: Options) {
  await using bridge = createBridge({ onFailedDelivery: 'ignore' });
  await bridge.putRule({ Name: 'all', EventPattern: '{"source":["probe"]}' });
  const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' };
  await bridge.putTargets({ Rule: 'all', Targets: [{ Id: 'target', Arn: target, DeadLetterConfig, ...options }] });
  const event = { source: 'probe', detailType: 'input-probe', detail: probe, time: '2026-01-02T03:04:05Z' };
  const id = await bridge.publish(event);
  const report = await bridge.idle();
  const [text] = bridge.history.events().map((accepted) => JSON.stringify(accepted));
  const show = (body: string) => body.replaceAll(text as string, '$event').replaceAll(id, '$id');
  return {
    report,
    delivered: bridge.queue('target').messages.map(({ body }) => show(body)),
    deadLetters: bridge.queue('dlq').messages.map(({ body, attributes }) => ({ body: show(body), attributes })),
  };
}

describe('A captured input', () => {
  test.each<[Options, string]>([
    [{}, '$event'],
    [{ Input: '{ "fixed": true }' }, '{ "fixed": true }'],
    [{ Input: '[1,"two"]' }, '[1,"two"]'],
    [{ Input: 'null' }, 'null'],
    [{ InputPath: '$' }, '$event'],
    [{ InputPath: '' }, '{}'],
    [{ InputPath: '$.detail.object' }, '{"first":"one","second":2}'],
    [{ InputPath: '$.detail.text' }, '"hello"'],
    [{ InputPath: '$.detail.number' }, '42'],
    [{ InputPath: '$.detail.nothing' }, '{}'],
    [{ InputPath: '$.detail.missing' }, '{}'],
    [{ InputPath: '$.detail.items[*].name' }, '["first","second"]'],
    [{ InputPath: '$.detail.slash/key' }, '"slash"'],
    [template('{"value":<missing>}', 'missing'), '{"value":""}'],
    [template('{"value":[<missing>]}', 'missing'), '{"value":[""]}'],
    [template('{"value":<name>}', 'items[*].name'), '{"value":["first","second"]}'],
    [template('{"value":<hyphen-key>}', 'hyphen-key'), '{"value":"dash"}'],
    [
      template(
        '{"a":<text>,"b":<number>,"c":<flag>,"d":<nothing>,"e":<object>,"f":<array>}',
        ...Object.keys(probe).slice(0, 6),
      ),
      '{"a":"hello","b":42,"c":true,"d":null,"e":{"first":"one","second":2},"f":["one","two",{"x":3}]}',
    ],
    [
      template('"text=<text>; object=<object>; array=<array>"', 'text', 'object', 'array'),
      '"text=hello; object={first:one,second:2}; array=[one,two,{x:3}]"',
    ],
    [template('{"value":<escaped>}', 'escaped'), '{"value":"line\\nslash\\\\tab\\tend"}'],
    [template('{"value":<quoted>}', 'quoted'), '{"value":"say \\"hello\\""}'],
    [template('{"value":"prefix <quoted> suffix"}', 'quoted'), '{"value":"prefix say \\"hello\\" suffix"}'],
    [template('"prefix \\"<text>\\" suffix"', 'text'), '"prefix \\"hello\\" suffix"'],
    [template('"before <missing> after"', 'missing'), '"before  after"'],
    [template('"before <undefined> after"'), '"before <undefined> after"'],
    [template('"first <text>"\n"second <text>"', 'text'), '"first hello"\n"second hello"'],
    [template('null'), 'null'],
    [template('["fixed",<number>]', 'number'), '["fixed",42]'],
    [template('[<nothing>]', 'nothing'), '[null]'],
    [template('<number>', 'number'), '42'],
    [
      template('{"event":<aws.events.event>}'),
      '{"event":{"id":"$id","account":"123456789012","detailType":"input-probe","time":1767323045000,"source":"probe","region":"us-east-1","resources":[],"version":"0"}}',
    ],
  ])('arrives: %j', async (options, body) => {
    expect(await outcomeOf(options)).toMatchObject({ delivered: [body], deadLetters: [], report: { delivered: 1 } });
  });

  test.each<[Options, string]>([
    [template('{"object":"<object>"}', 'object'), '{"object":"{"first":"one","second":2}"}'],
    [template('{"array":"<array>"}', 'array'), '{"array":"["one","two",{"x":3}]"}'],
    [template('{"value":"prefix <object> suffix"}', 'object'), '{"value":"prefix {"first":"one","second":2} suffix"}'],
    [template('"prefix <quoted> suffix"', 'quoted'), '"prefix say "hello" suffix"'],
    [template('"prefix <escaped> suffix"', 'escaped'), '"prefix line\nslash\\tab\tend suffix"'],
    [template('[1,<missing>,2]', 'missing'), '[1,,2]'],
    [template('[{"value":<missing>}]', 'missing'), '[{"value":}]'],
    [template('<text>', 'text'), 'hello'],
    [template('[<object>]', 'object'), '[{first:one,second:2}]'],
    [template('{"value":<aws.events.unknown>}'), '{"value":<aws.events.unknown>}'],
  ])('is dead-lettered as it was made: %j', async (options, body) => {
    const attributes = {
      RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/all',
      TARGET_ARN: target,
      ERROR_CODE: 'INVALID_JSON',
      ERROR_MESSAGE: 'Invalid input for target.',
    };
    const { delivered, deadLetters } = await outcomeOf(options);
    expect([delivered, deadLetters]).toEqual([[], [{ body, attributes }]]);
  });

  // That SQS takes no empty message, whether as a target or as a dead-letter queue, is inferred from nothing having arrived.
  test.each<[Options]>([[{ Input: '' }], [template('<missing>', 'missing')]])(
    'that is empty arrives nowhere: %j',
    async (options) => {
      expect(await outcomeOf(options)).toMatchObject({ delivered: [], deadLetters: [], report: { failed: 1 } });
    },
  );
});
