import { describe, expect, test } from 'vitest';
import { envelopeOf, filled, inputOf, transformer } from './sent.js';

const detail =
  '{"command":"update","payload":{"acc_id":"0a78","sf_id":"baz"},"single":["HIGH"],"multi":["ACTIVE","INACTIVE"],"valid":true,"none":null,"price":1.50}';
const paths = ['command', 'payload', 'payload.acc_id', 'single', 'multi', 'valid', 'none', 'price', 'missing'].map(
  (path) => `$.detail.${path}`,
);

describe('A template', () => {
  // Recorded from the service by LocalStack's tests (test_events_inputs.py).
  test.each([
    ['strings', '"<command> of <acc_id>"', '"update of 0a78"'],
    ['nothing for a path that selects nothing', '"is <missing>"', '"is "'],
    ['objects without quotes', '"of <payload>, <acc_id>"', '"of {acc_id:0a78,sf_id:baz}, 0a78"'],
    ['arrays without quotes', '"<single> and <multi>"', '"[HIGH] and [ACTIVE,INACTIVE]"'],
    ['booleans', '"Is <valid>!"', '"Is true!"'],
    ['a brace at its beginning', '"{[/ <command>"', '"{[/ update"'],
    ['several lines', '"<command>"\n"<multi>"\n"<missing>"', '"update"\n"[ACTIVE,INACTIVE]"\n""'],
    [
      'variables of every event',
      '"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"',
      '"arn:aws:events:us-east-1:111111111111:rule/orders/big big 2024-05-13T12:27:21Z"',
    ],
  ])('that is a string holds %s', (_, template, expected) => {
    expect(filled(template, paths, detail)).toBe(expected);
  });

  // Recorded likewise, all but numbers and null.
  test.each([
    ['strings with quotes', '{"id" : <acc_id>}', '{"id" : "0a78"}'],
    ['strings within a string', '{"a": "users/<acc_id>/<command>/<acc_id>"}', '{"a": "users/0a78/update/0a78"}'],
    ['strings that stand in quotes', '{"id":"<acc_id>"}', '{"id":"0a78"}'],
    ['objects', '{"b":<payload>}', '{"b":{"acc_id":"0a78","sf_id":"baz"}}'],
    ['arrays', '{"b":<multi>}', '{"b":["ACTIVE","INACTIVE"]}'],
    ['values in arrays', '{"b":[<acc_id>, "x", <single>]}', '{"b":["0a78", "x", ["HIGH"]]}'],
    ['values at any depth', '{"a":{"b":{"c":"<acc_id>"}}}', '{"a":{"b":{"c":"0a78"}}}'],
    ['an empty string for a path that selects nothing', '{"a":<missing>}', '{"a":""}'],
    ['nothing within a string for such a path', '{"a":"[<missing>]"}', '{"a":"[]"}'],
    ['numbers, null and booleans', '[<price>,<none>,<valid>,"<price>"]', '[1.50,null,true,"1.50"]'],
    ['a value alone', '<payload>', '{"acc_id":"0a78","sf_id":"baz"}'],
    ['constants', '{"id": "test"}', '{"id": "test"}'],
  ])('that is JSON holds %s', (_, template, expected) => {
    expect(filled(template, paths, detail)).toBe(expected);
  });

  test('holds the event, and the event without its detail, in the recorded order and spelling', () => {
    expect(filled('{"a":<aws.events.event>}', [], detail)).toBe(
      '{"a":{"id":"e1","account":"111111111111","detailType":"Order Placed","time":"2024-05-13T12:27:20Z","source":"com.shop","region":"us-east-1","resources":["arn:a","arn:b"],"version":"0"}}',
    );
    expect(filled('{"a":<aws.events.event.json>}', [], detail)).toBe(`{"a":${envelopeOf(detail)}}`);
  });

  test('that is JSON needs no quotes for the variables of every event, and may have them around strings', () => {
    const names = ['rule-arn', 'rule-name', 'event.ingestion-time'];
    for (const name of names) {
      expect(filled(`[<aws.events.${name}>]`, [], detail)).toBe(filled(`["<aws.events.${name}>"]`, [], detail));
    }
  });

  // Recorded: PutTargets and PutEvents succeed, and nothing arrives.
  test.each([
    ['{"a": "users/<payload>", "b": <payload>}', 'line: 1, column: 17. <payload> is an object'],
    ['{"a": "<payload>"}', 'line: 1, column: 11. <payload> is an object'],
    ['{"a": "<single>"}', 'line: 1, column: 11. <single> is an array'],
    ['{"a": "<aws.events.event>"}', 'line: 1, column: 11. <aws.events.event> is an object'],
  ])('with an object or an array in quotes makes no JSON: %s', (template, expected) => {
    const result = inputOf(transformer(template, paths), detail);
    expect(result).toMatchObject({ kind: 'failed', errorCode: 'INVALID_JSON' });
    const { errorMessage } = result as { errorMessage: string };
    expect(errorMessage).toMatch(/^InputTemplate for target 1 makes no JSON of the event: Unexpected character/);
    expect(errorMessage).toContain(`${expected}: write it without quotes around it.`);
  });

  test.each([
    '{"a": <payload>',
    '{<command>: 1,}',
    '{"a": <payload> <payload>}',
    'Hello <command>',
    '{"a":\\<command>}',
  ])('that is neither text nor JSON makes no JSON: %s', (template) => {
    expect(inputOf(transformer(template, paths), detail)).toMatchObject({
      kind: 'failed',
      errorCode: 'INVALID_JSON',
      errorMessage: expect.stringMatching(
        /^InputTemplate for target 1 makes no JSON of the event: .*; line: 1, column: \d+\.$/,
      ),
    });
  });

  test('of one target tells the line of the error', () => {
    const result = inputOf(transformer('{\n "a": <command>\n "b": 1\n}', paths), detail);
    expect(result).toHaveProperty('errorMessage', expect.stringContaining('line: 3, column: 3.'));
  });

  // The user guide: "EventBridge doesn't escape values extracted".
  test('fills strings into text as they are, without escapes', () => {
    const quote = '{"a":"say \\"hi\\"\\n\\u0041"}';
    expect(filled('"<a>"', ['$.detail.a'], quote)).toBe('"say "hi"\nA"');
    expect(filled('{"a":<a>}', ['$.detail.a'], quote)).toBe('{"a":"say \\"hi\\"\\n\\u0041"}');
    expect(inputOf(transformer('{"a":"<a>"}', ['$.detail.a']), quote)).toHaveProperty(
      'errorMessage',
      expect.stringContaining(
        '<a> is a string with characters that need an escape: write it without quotes around it.',
      ),
    );
  });

  test('is told apart by its first character that is not white space', () => {
    expect(filled(' \n"<payload>"', paths, detail)).toBe(' \n"{acc_id:0a78,sf_id:baz}"');
    expect(filled(' \n{"a":<payload>}\n', paths, detail)).toBe(' \n{"a":{"acc_id":"0a78","sf_id":"baz"}}\n');
  });

  test('knows where strings begin and end, escapes among them', () => {
    expect(filled('{"a":"\\"<acc_id>\\" is \\\\","b":<acc_id>}', paths, detail)).toBe(
      '{"a":"\\"0a78\\" is \\\\","b":"0a78"}',
    );
  });

  test('takes for text what is no placeholder', () => {
    expect(filled('"1 < 2 and 3 > 2, <>, <a b> <"', paths, detail)).toBe('"1 < 2 and 3 > 2, <>, <a b> <"');
    expect(filled('"<<command>>"', paths, detail)).toBe('"<update>"');
  });
});
