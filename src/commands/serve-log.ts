import type { HistoryRecord } from '../history/record.js';
import type { RejectedRequest } from '../server/server-options.js';

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
