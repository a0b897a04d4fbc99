import type { Command, CommandIo, ExitCode } from './command-io.js';
import { demoCommand } from './demo-command.js';
import { help } from './help.js';
import { testPatternCommand } from './test-pattern-command.js';
import { UnusableInput } from './unusable-input.js';

const commands = new Map<string, Command>([
  ['demo', demoCommand],
  ['test-pattern', testPatternCommand],
]);

/** Runs what the command line asks for: the arguments behind `footbridge`. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || name === 'help') {
    io.write(help);
    return 0;
  }
  if (name === '--version') {
    io.write(`${await ownVersion(io)}\n`);
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    const wrong = name === '' ? 'a command is missing' : `"${name}" is no command`;
    io.writeError(`footbridge: ${wrong}\n\n${help}`);
    return 2;
  }
  const unknown = rest.find((argument) => argument.startsWith('--'));
  try {
    if (unknown !== undefined) throw new UnusableInput(`${name} has no option ${unknown}; see footbridge --help`);
    return await command(rest, io);
  } catch (error) {
    // Not 1, which would read as "no match".
    io.writeError(`footbridge: ${error instanceof UnusableInput ? error.message : describeFault(error)}\n`);
    return 2;
  }
}

async function ownVersion(io: CommandIo): Promise<string> {
  const manifest: unknown = JSON.parse(await io.readFile(new URL('../../package.json', import.meta.url)));
  return (manifest as { version: string }).version;
}

function describeFault(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}
