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
      '"arn:aws:events:us-east-1:111111111111:rule/orders/big big 2024-05-13T12:27:21.999Z"',
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
    ['numbers, null and booleans', '{"a":[<price>,<none>,<valid>,"<price>"]}', '{"a":[1.50,null,true,"1.50"]}'],
    ['constants', '{"id": "test"}', '{"id": "test"}'],
  ])('that is JSON holds %s', (_, template, expected) => {
    expect(filled(template, paths, detail)).toBe(expected);
  });

  test('holds the event, and the event without its detail, in the recorded order and spelling', () => {
    expect(filled('{"a":<aws.events.event>}', [], detail)).toBe(
      '{"a":{"id":"e1","account":"111111111111","detailType":"Order Placed","time":1715603240000,"source":"com.shop","region":"us-east-1","resources":["arn:a","arn:b"],"version":"0"}}',
    );
    expect(filled('{"a":<aws.events.event.json>}', [], detail)).toBe(`{"a":${envelopeOf(detail)}}`);
  });

  test('that is JSON needs no quotes for the variables of every event, and may have them around strings', () => {
    const names = ['rule-arn', 'rule-name', 'event.ingestion-time'];
    for (const name of names) {
      expect(filled(`{"a":<aws.events.${name}>}`, [], detail)).toBe(filled(`{"a":"<aws.events.${name}>"}`, [], detail));
    }
  });

  // The first three are recorded by LocalStack's tests; the body and the sentence are captured (stackd, inputs.json).
  test.each([
    ['{"a": "users/<payload>", "b": <payload>}', '<payload> is an object: write it without quotes around it.'],
    ['{"a": "<payload>"}', '<payload> is an object: write it without quotes around it.'],
    ['{"a": "<single>"}', '<single> is an array: write it without quotes around it.'],
    ['{"a": "<aws.events.event>"}', '<aws.events.event> is an object: write it without quotes around it.'],
    ['[<payload>]', '<payload> is an object: only a template that begins with { writes it as JSON.'],
    ['<command>', '<command> is a string: only a template that begins with { writes it as JSON.'],
    ['[1,<missing>,2]', undefined],
    ['{"a": <payload> <payload>}', undefined],
    ['{"a":<nowhere>}', undefined],
  ])('whose result is not JSON fails the delivery, and says what to do: %s', (InputTemplate, hint) => {
    const result = inputOf(transformer(InputTemplate, paths), detail);
    expect(result).toMatchObject({
      kind: 'failed',
      errorCode: 'INVALID_JSON',
      errorMessage: 'Invalid input for target.',
    });
    expect(result).toHaveProperty('hint', hint);
    expect(() => JSON.parse(result.text ?? '')).toThrow();
  });

  test('escapes strings within the quotes of a JSON template, and not in text', () => {
    const quote = '{"a":"say \\"hi\\"\\n\\u0041"}';
    expect(filled('{"a":"<a>, <a>"}', ['$.detail.a'], quote)).toBe(
      '{"a":"say \\"hi\\"\\n\\u0041, say \\"hi\\"\\n\\u0041"}',
    );
    expect(inputOf(transformer('"<a>"', ['$.detail.a']), quote)).toEqual({
      kind: 'failed',
      errorCode: 'INVALID_JSON',
      errorMessage: 'Invalid input for target.',
      text: '"say "hi"\nA"',
      hint: '<a> has characters that need an escape: only a template that begins with { escapes them.',
    });
  });

  test('is told apart by its first character that is not white space', () => {
    expect(filled(' \n"<payload>"', paths, detail)).toBe(' \n"{acc_id:0a78,sf_id:baz}"');
    expect(filled(' \n{"a":<payload>}\n', paths, detail)).toBe(' \n{"a":{"acc_id":"0a78","sf_id":"baz"}}\n');
  });

  test('may make several values after each other', () => {
    expect(filled('{"a":<price>}\n{"b":<multi>}', paths, detail)).toBe('{"a":1.50}\n{"b":["ACTIVE","INACTIVE"]}');
    expect(filled('"<command>""<command>" <price>', paths, detail)).toBe('"update""update" 1.50');
    for (const template of ['<price>"<command>"', '"a",<price>', '<price>}', '"a" <command>']) {
      expect(inputOf(transformer(template, paths), detail)).toHaveProperty('kind', 'failed');
    }
  });

  test('keeps unknown names as they are written', () => {
    expect(filled('"<nowhere> <aws.events.unknown> <command>"', paths, detail)).toBe(
      '"<nowhere> <aws.events.unknown> update"',
    );
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
