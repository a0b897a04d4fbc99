import type { Bridge } from '../../bridge/bridge.js';
import { type HistoryRecord, recordKinds } from '../../history/record.js';
import type { RejectedRequest } from '../../server/server-options.js';

/**
 * The bridge, with each request that it performs and everything it records told to a log. A request stands before what
 * comes of it; one that is refused is not told here. `invoke` performs before it first waits, so that whatever is
 * recorded meanwhile belongs to it.
 */
export function loggedBridge(bridge: Bridge, log: ServeLog): Bridge {
  let announce: (() => void) | undefined;
  const tell = (entry: LogEntry) => {
    announce?.();
    log(entry, announce !== undefined);
  };
  for (const kind of recordKinds) bridge.observe(kind, tell);
  const invoke: Bridge['invoke'] = async (name, input) => {
    let isTold = false;
    const tellOnce = () => {
      if (isTold) return;
      isTold = true;
      log({ kind: 'request', time: new Date(bridge.clock.now()).toISOString(), operation: name, ...summaryOf(input) });
    };
    const before = announce;
    announce = tellOnce;
    const performed = bridge.invoke(name, input);
    announce = before;
    const output = await performed;
    tellOnce();
    return output;
  };
  return { ...bridge, invoke };
}

/** What every input of an operation may have. */
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

/** A request for an operation, when it was done. */
export interface RequestEntry {
  readonly kind: 'request';
  /** As ISO text with milliseconds. */
  readonly time: string;
  readonly operation: string;
  /** Name of what it is about, if it has one. */
  readonly subject?: string | undefined;
  /** How many entries were put. */
  readonly entries?: number | undefined;
}

/** A request that was refused. */
export interface RefusalEntry extends RejectedRequest {
  readonly kind: 'refusal';
  readonly time: string;
}

/** One thing that a serving bridge has done. */
export type LogEntry = RequestEntry | RefusalEntry | HistoryRecord;

/** Where the things that a serving bridge does are written, one by one; `isPart` of those that belong to the request before. */
export type ServeLog = (entry: LogEntry, isPart?: boolean) => void;

/** One JSON document a line. What a handler threw need have no JSON text; its message stands beside it. */
export function jsonLog(write: (text: string) => void): ServeLog {
  return (entry) => {
    const { error: _, ...rest } = entry as LogEntry & { error?: unknown };
    write(`${JSON.stringify(rest)}\n`);
  };
}
