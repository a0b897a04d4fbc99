import { nearestName } from '../base/describe.js';
import { escapeControls } from '../base/escape-controls.js';
import { putEventsCommand } from './client/put-events-command.js';
import { tailCommand } from './client/tail-command.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command-io.js';
import { contractsCommand } from './contracts-command.js';
import { demoCommand } from './demo/demo-command.js';
import { explainCommand } from './explain/explain-command.js';
import { commandHelp, help } from './help.js';
import { lintCommand } from './lint-command.js';
import { serveCommand } from './serve/serve-command.js';
import { testPatternCommand } from './test-pattern-command.js';

const commands: Readonly<Record<keyof typeof commandHelp, Command>> = {
  serve: serveCommand,
  'put-events': putEventsCommand,
  tail: tailCommand,
  explain: explainCommand,
  lint: lintCommand,
  contracts: contractsCommand,
  'test-pattern': testPatternCommand,
  demo: demoCommand,
};

/**
 * Runs a command line: the arguments after `footbridge`. What goes to standard error is escaped here; what goes to standard output
 * has colours, so each command escapes what it prints there.
 */
export async function runCommand(args: readonly string[], processIo: CommandIo): Promise<ExitCode> {
  const io = { ...processIo, writeError: (text: string) => processIo.writeError(escapeControls(text)) };
  const [first = '', ...rest] = args;
  const wantsHelp = ['help', '--help', '-h'].includes(first);
  const name = wantsHelp ? (rest[0] ?? '') : first;
  if (wantsHelp && name === '') {
    io.write(help);
    return 0;
  }
  if (first === '--version') {
    io.write(`${await ownVersion(io)}\n`);
    return 0;
  }
  if (!isCommand(name)) {
    io.writeError(`footbridge: ${describeUnknownCommand(name)}\n\n${help}`);
    return 2;
  }
  const options = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length);
  if (wantsHelp || options.includes('--help') || options.includes('-h')) {
    io.write(commandHelp[name]);
    return 0;
  }
  try {
    return await commands[name](rest, io);
  } catch (error) {
    // 1 would mean "no match".
    io.writeError(`footbridge: ${error instanceof UsageError ? error.message : describeCrash(error)}\n`);
    return 2;
  }
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

function describeUnknownCommand(name: string): string {
  if (name === '') return 'a command is missing';
  const nearest = nearestName(name, Object.keys(commands));
  return `"${name}" is not a command${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

async function ownVersion(io: CommandIo): Promise<string> {
  const manifest: unknown = JSON.parse(await io.readFile(io.manifest));
  return (manifest as { version: string }).version;
}

function describeCrash(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}
