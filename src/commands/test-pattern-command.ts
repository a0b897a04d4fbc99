import { escapeControls } from '../base/escape-controls.js';
import { explainPattern } from '../patterns/explain/explain-pattern.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { readCommandLine } from './command-line.js';
import { readArgument, withOrigin } from './read-input.js';
import { createColors } from './terminal.js';

/** `test-pattern PATTERN EVENT`: prints `match` and returns 0, or prints every difference and returns 1. */
export async function testPatternCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words } = readCommandLine('test-pattern', args, {});
  const [patternArgument, eventArgument] = words;
  if (patternArgument === undefined || eventArgument === undefined || words.length > 2) {
    throw new UsageError(`test-pattern takes a PATTERN and an EVENT; ${words.length} given`);
  }
  if (patternArgument === '-' && eventArgument === '-') {
    throw new UsageError('standard input can be the PATTERN or the EVENT, not both');
  }
  const pattern = await readArgument(patternArgument, io);
  const event = await readArgument(eventArgument, io);
  withOrigin(pattern.origin, () => requirePattern(pattern.text));
  const explanation = withOrigin(event.origin, () => explainPattern(pattern.text, event.text));
  const { green, red } = createColors(io.color);
  if (explanation.matches) {
    io.write(`${green('match')}\n`);
    return 0;
  }
  const lines = escapeControls(explanation.toString()).split('\n');
  io.write(`${red('no match')}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  return 1;
}
