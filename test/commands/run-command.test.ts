import { describe, expect, test } from 'vitest';
import { help } from '../../src/commands/help.js';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';

describe('The command line', () => {
  test.each([[['--help']], [['-h']], [['help']], [['test-pattern', '--help']]])(
    'prints its help for %j',
    async (args) => {
      const io = recordedIo({});
      expect(await runCommand(args, io)).toBe(0);
      expect(io.output()).toBe(help);
    },
  );

  test('prints the version of the package', async () => {
    const io = recordedIo({ files: { 'package.json': '{"version":"1.2.3"}' } });
    expect(await runCommand(['--version'], io)).toBe(0);
    expect(io.output()).toBe('1.2.3\n');
  });

  test.each([
    [['fly'], '"fly" is no command'],
    [['constructor'], '"constructor" is no command'],
    [[], 'a command is missing'],
  ])('answers 2 for %j, with the help on standard error', async (args, sentence) => {
    const io = recordedIo({});
    expect(await runCommand(args, io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toBe(`footbridge: ${sentence}\n\n${help}`);
  });

  test('answers 2, not 1, when something breaks', async () => {
    const io = { ...recordedIo({}), write: () => expect.fail('broken pipe') };
    expect(await runCommand(['test-pattern', '{"a":[1]}', '{"a":1}'], io)).toBe(2);
    expect(io.errors()).toContain('broken pipe');
  });

  test('has a help that fits 80 columns', () => {
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
