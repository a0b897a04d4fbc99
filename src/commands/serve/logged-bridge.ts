import type { Bridge } from '../../bridge/bridge.js';
import { type HistoryRecord, recordKinds } from '../../history/record.js';
import type { RejectedRequest } from '../../server/server-options.js';
import { jsonDocument } from '../terminal.js';

/**
 * Returns the bridge with a log of each request and each record. A request comes before the records it causes; rejected requests
 * are logged elsewhere. `invoke` performs the operation before its first `await`, so that all records until then belong to it.
 */
export function loggedBridge(bridge: Bridge, log: ServeLog): Bridge {
  let logCall: (() => void) | undefined;
  const logRecord = (entry: LogEntry) => {
    logCall?.();
    log(entry, logCall !== undefined);
  };
  for (const kind of recordKinds) bridge.observe(kind, logRecord);
  const invoke: Bridge['invoke'] = async (name, input) => {
    let isLogged = false;
    const logOnce = () => {
      if (isLogged) return;
      isLogged = true;
      log({ kind: 'request', time: new Date(bridge.clock.now()).toISOString(), operation: name, ...summaryOf(input) });
    };
    const before = logCall;
    logCall = logOnce;
    const performed = bridge.invoke(name, input);
    logCall = before;
    const output = await performed;
    logOnce();
    return output;
  };
  return { ...bridge, invoke };
}

/** Members that inputs of operations have. */
interface AnyInput {
  readonly Name?: string;
  readonly Rule?: string;
  readonly ArchiveName?: string;
  readonly ReplayName?: string;
  readonly ResourceARN?: string;
  readonly Entries?: readonly unknown[];
}

function summaryOf(input: unknown): { readonly subject?: string | undefined; readonly entries?: number | undefined } {
  const { Name, Rule, ArchiveName, ReplayName, ResourceARN, Entries } = (input ?? {}) as AnyInput;
  return { subject: Name ?? Rule ?? ArchiveName ?? ReplayName ?? ResourceARN, entries: Entries?.length };
}

/** A request that succeeded. */
export interface RequestEntry {
  readonly kind: 'request';
  /** ISO time with milliseconds. */
  readonly time: string;
  readonly operation: string;
  /** The name of the resource, if the input has one. */
  readonly subject?: string | undefined;
  /** Number of entries in a PutEvents request. */
  readonly entries?: number | undefined;
}

/** A rejected request. */
export interface RefusalEntry extends RejectedRequest {
  readonly kind: 'refusal';
  readonly time: string;
}

/** One line of the log. */
export type LogEntry = RequestEntry | RefusalEntry | HistoryRecord;

/** Writes log entries. `isPart` marks records that belong to the request before. */
export type ServeLog = (entry: LogEntry, isPart?: boolean) => void;

/** Writes one JSON document a line. What a handler threw is left out, because it may not be JSON; its message is there. */
export function jsonLog(write: (text: string) => void): ServeLog {
  return (entry) => {
    const { error: _, ...rest } = entry as LogEntry & { error?: unknown };
    write(jsonDocument(rest));
  };
}
