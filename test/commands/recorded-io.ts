import * as sdk from '@aws-sdk/client-eventbridge';
import { clientConfig } from '../../src/aws-sdk.js';
import type { CommandIo } from '../../src/commands/command-io.js';

/** A `CommandIo` in memory: files and standard input as given, what is written kept. */
export interface RecordedIo extends CommandIo {
  readonly output: () => string;
  readonly errors: () => string;
}

export function recordedIo(given: {
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly color?: boolean;
}): RecordedIo {
  const written: string[] = [];
  const complaints: string[] = [];
  const readFile = async (file: string | URL): Promise<string> => {
    const name = String(file).replace(/^file:.*\//, '');
    const text = given.files?.[name];
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' });
    return text;
  };
  return {
    readFile,
    readStdin: async () => given.stdin ?? '',
    write: (text) => written.push(text),
    writeError: (text) => complaints.push(text),
    connectSdk: async (bridge) => ({ sdk, client: new sdk.EventBridgeClient(clientConfig(bridge)) }),
    color: given.color ?? false,
    output: () => written.join(''),
    errors: () => complaints.join(''),
  };
}
