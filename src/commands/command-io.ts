import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Bridge } from '../bridge/bridge.js';
import type { RejectedRequest } from '../server/server-options.js';

/** A client of the AWS SDK that ends in a bridge, and the package it came from. */
export interface ConnectedSdk {
  readonly sdk: typeof import('@aws-sdk/client-eventbridge');
  readonly client: EventBridgeClient;
}

/** What a command needs of a running server. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Where a server listens, and what it calls for rejected requests. */
export interface ServerOptions {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly onRejectedRequest: (refusal: RejectedRequest) => void;
}

/** A file or folder within a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What a command needs of its process. */
export interface CommandIo {
  /** Resolves to a file's text. Rejects if it cannot be read. */
  readFile(file: string | URL): Promise<string>;
  /** Resolves to the entries of a folder, `.` for the working directory; none if it cannot be read. */
  listFolder(folder: string): Promise<readonly FolderEntry[]>;
  /** Calls `changed` whenever a file may have changed, until the signal aborts. */
  watchFile(file: string, changed: () => void, signal: AbortSignal): void;
  /** Calls `check` repeatedly, one call after the other, until the signal aborts. `check` never rejects. */
  poll(check: () => Promise<void>, signal: AbortSignal): void;
  /** Resolves to all of standard input. */
  readStdin(): Promise<string>;
  /** Writes to standard output, without adding a line break. */
  write(text: string): void;
  /** Writes to standard error. */
  writeError(text: string): void;
  /** Loads the AWS SDK and returns a client that sends to a bridge. Rejects if the SDK is not installed. */
  connectSdk(bridge: Bridge): Promise<ConnectedSdk>;
  /** Serves a bridge over HTTP. Rejects if it cannot listen. */
  serve(bridge: Bridge, options: ServerOptions): Promise<RunningServer>;
  /**
   * Returns a signal that aborts when the process is asked to end, as by Ctrl-C, or, with the reason `unread`, when its output is
   * not read any more. The caller then ends the command; asked a second time, the process ends at once.
   */
  interrupted(): AbortSignal;
  /** The package.json of this package. */
  readonly manifest: URL;
  /** The variables of the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether to colour standard output. */
  readonly color: boolean;
  /** Columns of standard output; `undefined` if it is not a terminal. */
  readonly columns: number | undefined;
}

/** 0: success, or yes · 1: no · 2: the input cannot be used. */
export type ExitCode = 0 | 1 | 2;

/** A command. `args` are the arguments after its name. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;

/** Arguments or files that a command cannot use. Only the message is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
