import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';
import { shopTemplate } from './shop-template.js';

const event = (total: number, source = 'com.shop') =>
  JSON.stringify({ source, 'detail-type': 'Order Placed', detail: { total } });

async function contracts(events: string, ...args: string[]) {
  const files = { 'a/events.ndjson': events, 'a/template.yaml': shopTemplate };
  const io = recordedIo({ files });
  const exit = await runCommand(['contracts', ...args], io);
  return { exit, output: io.output(), errors: io.errors() };
}

const both = ['--events', '*/events.ndjson', '--rules', '*/template.yaml'];

describe('contracts', () => {
  test('contracts returns 0 if every event and every rule has a match', async () => {
    expect(await contracts(`${event(1)}\n${event(120)}\n`, ...both)).toEqual({
      exit: 0,
      output: '2 events, 2 rules: every event matches a rule, and every rule matches an event\n',
      errors: '',
    });
  });

  test('contracts lists events and rules without a match, with files and lines, and returns 1', async () => {
    const { exit, output } = await contracts(`${event(1)}\n${event(1, 'com.bank')}\n`, ...both);
    expect(output).toBe(
      [
        '2 events, 2 rules: 1 event that no rule matches, 1 rule that no event matches',
        '  ✗ no rule matches com.bank "Order Placed" (a/events.ndjson: entry 2)',
        '      nearest is rule Slack (a/template.yaml:20)',
        '        source is "com.bank", wanted "com.shop"',
        '  ✗ no event matches rule BigOrder (a/template.yaml:12)',
        '      nearest is com.shop "Order Placed" (a/events.ndjson: entry 1)',
        '        detail.total: 1 is not > 100',
        '',
      ].join('\n'),
    );
    expect(exit).toBe(1);
  });

  test('contracts says which members of an event it ignores', async () => {
    const { errors } = await contracts(event(120).replace('{', '{"detials":1,'), ...both);
    expect(errors).toBe('footbridge: a/events.ndjson: entry 1: "detials" ignored\n');
  });

  test('contracts prints one JSON document', async () => {
    const { output } = await contracts(event(1), ...both, '--json');
    expect(JSON.parse(output)).toMatchObject({
      footbridge: 1,
      ok: false,
      unmatchedEvents: [],
      unmatchedRules: [{ rule: { name: 'stack-BillBigOrder', location: { line: 12 } }, nearest: { sameBus: true } }],
    });
  });

  test.each([
    ['no events', ['--rules', 'a'], 'contracts needs --events FILES'],
    ['no rules', ['--events', 'a'], 'contracts needs --rules FILES'],
    ['standard input twice', ['--events', '-', '--rules', '-'], 'the events or the rules, not both'],
    ['a word', ['a', ...both], 'contracts takes options only; "a" is not an option'],
    ['an entry that PutEvents refuses', both, 'a/events.ndjson: entry 1: PutEvents rejects it: InvalidArgument'],
  ])('contracts returns 2 for %s', async (_case, args, sentence) => {
    const { exit, output, errors } = await contracts('{"Source":"a","Detail":"{}"}', ...args);
    expect({ exit, output }).toEqual({ exit: 2, output: '' });
    expect(errors).toContain(sentence);
  });
});
