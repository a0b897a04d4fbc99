import type { Bridge } from '../bridge/bridge.js';
import { recordKinds } from '../history/record.js';
import type { LogEntry, ServeLog } from './serve-log.js';

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
      log({ kind: 'request', time: new Date(bridge.clock.now()).toISOString(), operation: name, ...aboutOf(input) });
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

function aboutOf(input: unknown): { readonly subject?: string | undefined; readonly entries?: number | undefined } {
  const { Name, Rule, ArchiveName, ReplayName, ResourceARN, Entries } = (input ?? {}) as AnyInput;
  return { subject: Name ?? Rule ?? ArchiveName ?? ReplayName ?? ResourceARN, entries: Entries?.length };
}
