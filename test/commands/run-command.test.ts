import { describe, expect, test } from 'vitest';
import { commandHelp, help } from '../../src/commands/help.js';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';

describe('runCommand', () => {
  test.each([[['--help']], [['-h']], [['help']]])('The command line prints its help for %j', async (args) => {
    const io = recordedIo({});
    expect(await runCommand(args, io)).toBe(0);
    expect(io.output()).toBe(help);
  });

  test.each(Object.entries(commandHelp))(
    'The command line prints the help of %s, whatever else is asked',
    async (name, text) => {
      for (const args of [
        [name, '--help'],
        [name, 'x', '--fly', '-h'],
        ['help', name],
        ['--help', name],
      ]) {
        const io = recordedIo({});
        expect(await runCommand(args, io)).toBe(0);
        expect(io.output()).toBe(text);
      }
    },
  );

  test('The command line prints the version of the package', async () => {
    const io = recordedIo({ files: { 'package.json': '{"version":"1.2.3"}' } });
    expect(await runCommand(['--version'], io)).toBe(0);
    expect(io.output()).toBe('1.2.3\n');
  });

  test.each([
    [['fly'], '"fly" is not a command'],
    [['constructor'], '"constructor" is not a command'],
    [[], 'a command is missing'],
    [['tial'], '"tial" is not a command; did you mean tail?'],
    [['help', 'server'], '"server" is not a command; did you mean serve?'],
  ])('The command line returns 2 for %j, with the help on standard error', async (args, sentence) => {
    const io = recordedIo({});
    expect(await runCommand(args, io)).toBe(2);
    expect(io.output()).toBe('');
    expect(io.errors()).toBe(`footbridge: ${sentence}\n\n${help}`);
  });

  test('The command line returns 2, not 1, when something breaks', async () => {
    const io = { ...recordedIo({}), write: () => expect.fail('broken pipe') };
    expect(await runCommand(['test-pattern', '{"a":[1]}', '{"a":1}'], io)).toBe(2);
    expect(io.errors()).toContain('broken pipe');
  });

  test('The command line prints help that fits 80 columns', () => {
    const lines = [help, ...Object.values(commandHelp)].flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});
