import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/commands/command-line.js';

const kinds = { port: 'text', bus: 'list', json: 'flag' } as const;
const read = (...args: string[]) => readCommandLine('serve', args, kinds);

describe('readCommandLine', () => {
  test.each([
    [[], { words: [], options: { port: undefined, bus: [], json: false } }],
    [['a', '--port', '1', '--json', '-', 'b'], { words: ['a', '-', 'b'], options: { port: '1', bus: [], json: true } }],
    [['--port=a=b'], { words: [], options: { port: 'a=b', bus: [], json: false } }],
    [['--port=', 'a'], { words: ['a'], options: { port: '', bus: [], json: false } }],
    [['--port', '-'], { words: [], options: { port: '-', bus: [], json: false } }],
    [
      ['--bus', 'a', 'b', '--json', '--bus', 'c'],
      { words: [], options: { port: undefined, bus: ['a', 'b', 'c'], json: true } },
    ],
    [['--bus=a', 'b'], { words: ['b'], options: { port: undefined, bus: ['a'], json: false } }],
    [['--', '--port', '--'], { words: ['--port', '--'], options: { port: undefined, bus: [], json: false } }],
  ])('The arguments of a command are read: %j', (args, line) => {
    expect(read(...args)).toEqual(line);
  });

  test.each([
    [['--prot', '1'], 'serve has no option --prot; did you mean --port?'],
    [['--por=1'], 'serve has no option --por; did you mean --port?'],
    [['--jsno'], 'serve has no option --jsno; did you mean --json?'],
    [['--j'], 'serve has no option --j; see footbridge serve --help'],
    [['-p'], 'serve has no option -p; see footbridge serve --help'],
    [['--fly'], 'serve has no option --fly; see footbridge serve --help'],
    [['--__proto__'], 'serve has no option --__proto__; see footbridge serve --help'],
    [[`--${'port'.repeat(100_000)}`], 'see footbridge serve --help'],
    [['--port'], 'serve: --port needs a value'],
    [['--port', '--json'], 'serve: --port needs a value'],
    [['--bus', '--json'], 'serve: --bus needs a value'],
    [['--json=true'], 'serve: --json takes no value'],
    [['--port', '1', '--port=2'], 'serve: --port is given twice'],
    [['--json', '--json'], 'serve: --json is given twice'],
  ])('The arguments of a command are rejected with a sentence: %.80j', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
  });
});
