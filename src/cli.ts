#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { clientConfig } from './aws-sdk.js';
import { runCommand } from './commands/run-command.js';

// `footbridge … | head` closes the pipe before everything is written: no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Which Node the SDK will want next year is no part of the demonstration.
const sdkSilence = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

// Not process.exit: what is written to a pipe would be cut off.
process.exitCode = await runCommand(process.argv.slice(2), {
  readFile: (file) => readFile(file, 'utf8'),
  readStdin: () => text(process.stdin),
  write: (output) => process.stdout.write(output),
  writeError: (output) => process.stderr.write(output),
  connectSdk: async (bridge) => {
    process.env[sdkSilence] ??= 'true';
    const sdk = await import('@aws-sdk/client-eventbridge');
    return { sdk, client: new sdk.EventBridgeClient(clientConfig(bridge)) };
  },
  // Heeds NO_COLOR, FORCE_COLOR and TERM.
  color: process.stdout.isTTY === true && process.stdout.hasColors(),
});
