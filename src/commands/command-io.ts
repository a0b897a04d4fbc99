import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Bridge } from '../bridge/bridge.js';
import type { RejectedRequest } from '../server/server-options.js';

/** A client of the AWS SDK that ends in a bridge, and the package it came from. */
export interface ConnectedSdk {
  readonly sdk: typeof import('@aws-sdk/client-eventbridge');
  readonly client: EventBridgeClient;
}

/** A server, of which a command needs no more than this. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Where a server is to listen, and whom it tells. */
export interface ServerOptions {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly hosts: readonly string[];
  readonly onRejectedRequest: (refusal: RejectedRequest) => void;
}

/** A file or folder within a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What a command needs of the process it runs in. */
export interface CommandIo {
  /** A file's text; rejects if it cannot be read. */
  readFile(file: string | URL): Promise<string>;
  /** What a folder holds, `.` for the working directory; nothing if it cannot be read. */
  listFolder(folder: string): Promise<readonly FolderEntry[]>;
  /** Calls `changed` each time that a file may have changed, until the signal aborts. */
  watchFile(file: string, changed: () => void, signal: AbortSignal): void;
  /** Calls `look` again and again, each time once the last has ended, until the signal aborts. It never rejects. */
  lookAgain(look: () => Promise<void>, signal: AbortSignal): void;
  /** All of standard input. */
  readStdin(): Promise<string>;
  /** Writes to standard output, as it is: lines end where the text says so. */
  write(text: string): void;
  /** Writes to standard error. */
  writeError(text: string): void;
  /** Loads the AWS SDK, which need not be installed, and lets a client of it end in a bridge. */
  connectSdk(bridge: Bridge): Promise<ConnectedSdk>;
  /** Serves a bridge over HTTP; rejects with an Error that says why it cannot listen. */
  serve(bridge: Bridge, options: ServerOptions): Promise<RunningServer>;
  /**
   * Aborts when the process is asked to end, as by Ctrl-C, or, with the reason `unread`, when nobody reads any more what it
   * writes. Who calls this sees to the end; asked a second time, the process ends at once.
   */
  interrupted(): AbortSignal;
  /** The variables of the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard output shows colour. */
  readonly color: boolean;
  /** How wide standard output is, in characters; `undefined` if it is no terminal. */
  readonly columns: number | undefined;
}

/** 0: as asked · 1: no, or not as expected · 2: the input cannot be used. */
export type ExitCode = 0 | 1 | 2;

/** A command, given the arguments behind its name. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;
