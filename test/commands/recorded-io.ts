import * as sdk from '@aws-sdk/client-eventbridge';
import { clientConfig } from '../../src/aws-sdk.js';
import { Signal } from '../../src/base/signal.js';
import type { CommandIo } from '../../src/commands/command-io.js';
import { decodeText } from '../../src/commands/read-input.js';
import { serve } from '../../src/http.js';

/** A `CommandIo` in memory: files and standard input as given, what is written kept. */
export interface RecordedIo extends CommandIo {
  readonly output: () => string;
  readonly errors: () => string;
  /** Puts another text into a file, and tells who watches it. */
  readonly changeFile: (file: string, text: string) => void;
  readonly removeFile: (file: string) => void;
  /** Does what is to be done again and again, once, and waits for it. */
  readonly look: () => Promise<void>;
  /** Resolves once a text has been written so many times, to whichever of both. */
  readonly shows: (text: string, times?: number) => Promise<void>;
}

export function recordedIo(given: {
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly color?: boolean;
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Aborts when the command is to end. */
  readonly interrupt?: AbortController;
}): RecordedIo {
  const files = new Map(Object.entries(given.files ?? {}));
  const watched = new Map<string, Set<() => void>>();
  const looks = new Set<() => Promise<void>>();
  const written: string[] = [];
  const complaints: string[] = [];
  const changed = new Signal();
  const interrupt = given.interrupt ?? new AbortController();
  const readFile = async (file: string | URL): Promise<string> => {
    const name = String(file).replace(/^file:.*\//, '');
    const text = files.get(name);
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' });
    return decodeText(new TextEncoder().encode(text));
  };
  return {
    readFile,
    listFolder: async (folder) => {
      const prefix = folder === '.' ? '' : `${folder}/`;
      const below = [...files.keys()].filter((name) => name.startsWith(prefix));
      const names = below.map((name) => name.slice(prefix.length).split('/'));
      return [...new Map(names.map(([name = '', ...rest]) => [name, { name, isFolder: rest.length > 0 }])).values()];
    },
    watchFile: (file, changed, signal) => {
      const watchers = watched.get(file) ?? new Set();
      watched.set(file, watchers.add(changed));
      signal.addEventListener('abort', () => watchers.delete(changed));
    },
    changeFile: (file, text) => {
      files.set(file, text);
      for (const changed of watched.get(file) ?? []) changed();
    },
    poll: (check, signal) => {
      looks.add(check);
      signal.addEventListener('abort', () => looks.delete(check));
    },
    look: async () => {
      for (const look of looks) await look();
    },
    removeFile: (file) => files.delete(file),
    readStdin: async () => given.stdin ?? '',
    write: (text) => {
      written.push(text);
      changed.notifyAll();
    },
    writeError: (text) => {
      complaints.push(text);
      changed.notifyAll();
    },
    connectSdk: async (bridge) => ({ sdk, client: new sdk.EventBridgeClient(clientConfig(bridge)) }),
    serve,
    interrupted: () => interrupt.signal,
    manifest: new URL('../../package.json', import.meta.url),
    environment: given.environment ?? {},
    color: given.color ?? false,
    columns: given.columns,
    output: () => written.join(''),
    shows: async (text, times = 1) => {
      while (written.concat(complaints).join('').split(text).length <= times) await changed.wait();
    },
    errors: () => complaints.join(''),
  };
}
