#!/usr/bin/env node
import { unwatchFile, watchFile } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { clientConfig } from './aws-sdk.js';
import type { FolderEntry } from './commands/command-io.js';
import { decodeText } from './commands/read-input.js';
import { runCommand } from './commands/run-command.js';
import { supportsColor } from './commands/terminal.js';
import { serve } from './http.js';

// Which Node the SDK will want next year is no part of the demonstration.
const sdkSilence = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
/** npx hands on the signal that the terminal has sent already: within so many milliseconds two are one. */
const oneSignal = 500;
const interruptedExit = 130;
const unusableExit = 2;
/** In milliseconds, as the next. */
const watchInterval = 250;
const lookInterval = 500;

const ending = new AbortController();

// `footbridge … | head` closes the pipe before everything is written: no reason for a stack trace, but one to end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return ending.abort('unread');
    // A disk that is full, say: what is not written must not read as an answer.
    if (stream === process.stdout) process.stderr.write(`footbridge: cannot write: ${error.message}\n`);
    process.exit(unusableExit);
  });
}

function interrupted(): AbortSignal {
  let first: number | undefined;
  const end = () => {
    const now = performance.now();
    if (first !== undefined && now - first > oneSignal) process.exit(interruptedExit);
    first ??= now;
    ending.abort();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return ending.signal;
}

/** Without the links to folders: they may lead round for ever. */
async function listFolder(folder: string): Promise<readonly FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const known = entries.map(async (entry) => {
    const { name } = entry;
    const linked = entry.isSymbolicLink() ? await stat(join(folder, name)).catch(() => undefined) : entry;
    return entry !== linked && linked?.isFile() !== true ? [] : [{ name, isFolder: entry.isDirectory() }];
  });
  return (await Promise.all(known)).flat();
}

// Not process.exit: what is written to a pipe would be cut off.
process.exitCode = await runCommand(process.argv.slice(2), {
  readFile: async (file) => decodeText(await readFile(file)),
  listFolder,
  watchFile: (file, changed, signal) => {
    // By its name: editors put a new file in the place of the old one.
    watchFile(file, { interval: watchInterval }, changed);
    // A change before it has looked for the first time it does not tell.
    stat(file).then(changed, changed);
    signal.addEventListener('abort', () => unwatchFile(file, changed), { once: true });
  },
  lookAgain: (look, signal) => {
    let timer: NodeJS.Timeout;
    const wait = () => {
      if (!signal.aborted) timer = setTimeout(() => void look().then(wait), lookInterval);
    };
    wait();
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  },
  readStdin: async () => decodeText(await buffer(process.stdin)),
  write: (output) => process.stdout.write(output),
  writeError: (output) => process.stderr.write(output),
  connectSdk: async (bridge) => {
    process.env[sdkSilence] ??= 'true';
    const sdk = await import('@aws-sdk/client-eventbridge');
    return { sdk, client: new sdk.EventBridgeClient(clientConfig(bridge)) };
  },
  serve,
  interrupted,
  environment: process.env,
  color: supportsColor(process.env, process.stdout.isTTY === true && process.stdout.hasColors()),
  // A terminal may tell 0.
  columns: process.stdout.columns || undefined,
});
