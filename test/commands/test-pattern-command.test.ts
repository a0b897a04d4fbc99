import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';

const pattern = '{"detail":{"total":[{"numeric":[">",100]}]}}';
const event = (total: number) => JSON.stringify({ source: 'com.shop', detail: { total } });

describe('test-pattern', () => {
  test('test-pattern prints match and returns 0', async () => {
    const io = recordedIo({});
    expect(await runCommand(['test-pattern', pattern, event(120)], io)).toBe(0);
    expect(io.output()).toBe('match\n');
    expect(io.errors()).toBe('');
  });

  test('test-pattern prints every difference and returns 1', async () => {
    const io = recordedIo({});
    const wanted = `{"source":["com.shops"],"detail":{"total":[{"numeric":[">",100]}]}}`;
    expect(await runCommand(['test-pattern', wanted, event(99)], io)).toBe(1);
    expect(io.output()).toBe('no match\n  source is "com.shop", wanted "com.shops"\n  detail.total: 99 is not > 100\n');
  });

  test('test-pattern indents the branches of an $or', async () => {
    const io = recordedIo({});
    expect(await runCommand(['test-pattern', '{"$or":[{"source":["a"]},{"source":["b"]}]}', event(1)], io)).toBe(1);
    expect(io.output()).toBe(
      [
        'no match',
        '  no branch of $or matches',
        '    either',
        '      source is "com.shop", wanted "a"',
        '    or',
        '      source is "com.shop", wanted "b"',
        '',
      ].join('\n'),
    );
  });

  test('test-pattern reads files, without their byte order mark', async () => {
    const io = recordedIo({ files: { 'pattern.json': `\ufeff${pattern}`, 'event.json': event(120) } });
    expect(await runCommand(['test-pattern', 'pattern.json', 'event.json'], io)).toBe(0);
  });

  test('test-pattern reads standard input', async () => {
    const io = recordedIo({ stdin: event(120) });
    expect(await runCommand(['test-pattern', pattern, '-'], io)).toBe(0);
  });

  test('test-pattern colours the verdict only if colour is on', async () => {
    const io = recordedIo({ color: true });
    await runCommand(['test-pattern', pattern, event(120)], io);
    expect(io.output()).toBe('\u001b[32mmatch\u001b[39m\n');
  });

  test.each([
    ['an invalid pattern', ['{"a":1}', '{}'], 'Event pattern is not valid. Reason: "a" must be an object or an array'],
    ['an empty pattern', ['', '{}'], 'Event pattern is not valid. Reason: Filter is not an object'],
    [
      'an event that is no object',
      ['{"a":[1]}', '[]'],
      'Parameter Event is not valid. Reason: an event is a JSON object',
    ],
    ['an unknown file', ['{"a":[1]}', 'event.json'], 'cannot read event.json: no such file (JSON text begins with {)'],
    ['an argument too few', ['{"a":[1]}'], 'test-pattern takes a PATTERN and an EVENT; 1 given'],
    ['an argument too many', ['{"a":[1]}', '{}', '{}'], 'test-pattern takes a PATTERN and an EVENT; 3 given'],
    ['standard input twice', ['-', '-'], 'standard input can be the PATTERN or the EVENT, not both'],
    [
      'an option',
      ['--fast', '{"a":[1]}', '{}'],
      'test-pattern has no option --fast; see footbridge test-pattern --help',
    ],
  ])('test-pattern returns 2 for %s and says why on standard error', async (_case, args, sentence) => {
    const io = recordedIo({});
    expect(await runCommand(['test-pattern', ...args], io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toContain(`footbridge: ${sentence}`);
  });

  test('test-pattern names the file whose text is rejected', async () => {
    const io = recordedIo({ files: { 'pattern.json': '{"a":1}' } });
    expect(await runCommand(['test-pattern', 'pattern.json', '{}'], io)).toBe(2);
    expect(io.errors()).toMatch(/^footbridge: pattern\.json: Event pattern is not valid\./);
  });
});
