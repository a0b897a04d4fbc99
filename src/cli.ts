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

// The SDK's warning about future Node versions does not belong in the demo.
const sdkSilentLogger = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
/** npx forwards the signal that the terminal also sends: within this many milliseconds two signals are one. */
const sameSignalWithin = 500;
const interruptedExitCode = 130;
const usageExitCode = 2;
/** Milliseconds. */
const watchInterval = 250;
/** Milliseconds. */
const pollInterval = 500;

const ending = new AbortController();

// `footbridge … | head` closes the pipe before everything is written. That ends the command without a stack trace.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return ending.abort('unread');
    // The disk may be full: output that is cut off must not pass for a result.
    if (stream === process.stdout) process.stderr.write(`footbridge: cannot write: ${error.message}\n`);
    process.exit(usageExitCode);
  });
}

function interrupted(): AbortSignal {
  let first: number | undefined;
  const end = () => {
    const now = performance.now();
    if (first !== undefined && now - first > sameSignalWithin) process.exit(interruptedExitCode);
    first ??= now;
    ending.abort();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return ending.signal;
}

/** Leaves out links to folders: they may form a cycle. */
async function listFolder(folder: string): Promise<readonly FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const known = entries.map(async (entry) => {
    const { name } = entry;
    const linked = entry.isSymbolicLink() ? await stat(join(folder, name)).catch(() => undefined) : entry;
    return entry !== linked && linked?.isFile() !== true ? [] : [{ name, isFolder: entry.isDirectory() }];
  });
  return (await Promise.all(known)).flat();
}

// process.exit would cut off what is still written to a pipe.
process.exitCode = await runCommand(process.argv.slice(2), {
  readFile: async (file) => decodeText(await readFile(file)),
  listFolder,
  watchFile: (file, changed, signal) => {
    // Watched by name, because editors replace the file.
    watchFile(file, { interval: watchInterval }, changed);
    // watchFile misses changes before its first look.
    stat(file).then(changed, changed);
    signal.addEventListener('abort', () => unwatchFile(file, changed), { once: true });
  },
  poll: (check, signal) => {
    let timer: NodeJS.Timeout;
    const wait = () => {
      if (!signal.aborted) timer = setTimeout(() => void check().then(wait), pollInterval);
    };
    wait();
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  },
  readStdin: async () => decodeText(await buffer(process.stdin)),
  write: (output) => process.stdout.write(output),
  writeError: (output) => process.stderr.write(output),
  connectSdk: async (bridge) => {
    process.env[sdkSilentLogger] ??= 'true';
    const sdk = await import('@aws-sdk/client-eventbridge');
    return { sdk, client: new sdk.EventBridgeClient(clientConfig(bridge)) };
  },
  serve,
  interrupted,
  manifest: new URL('../package.json', import.meta.url),
  environment: process.env,
  color: supportsColor(process.env, process.stdout.isTTY === true && process.stdout.hasColors()),
  // Some terminals report 0.
  columns: process.stdout.columns || undefined,
});
