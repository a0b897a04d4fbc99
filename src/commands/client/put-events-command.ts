import { pluralize } from '../../base/describe.js';
import { escapeLine } from '../../base/escape-controls.js';
import { utf8Length } from '../../base/json/json-text.js';
import type { PutEventsRequestEntry, PutEventsResponse, PutEventsResultEntry } from '../../events/entry.js';
import { type CommandIo, type ExitCode, UsageError } from '../command-io.js';
import { readCommandLine } from '../command-line.js';
import { readInputEvents } from '../input-events.js';
import { readArgument } from '../read-input.js';
import { type Colors, createColors } from '../terminal.js';
import { toEntry, warnAboutMembers } from '../to-entry.js';
import { assertExplains, explainEntry, serverRules } from './explain-entry.js';
import { readEndpoint, readError, requestServer } from './server-client.js';

const entriesPerRequest = 10;
/** The limit of a request, exclusive. */
const requestBytes = 1_048_576;

/** `put-events FILE`: sends the entries of a file and prints a line for each. Returns 1 if an entry was rejected. */
export async function putEventsCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('put-events', args, { endpoint: 'text', explain: 'flag' });
  const [file] = words;
  if (file === undefined || words.length > 1) throw new UsageError(`put-events takes a FILE; ${words.length} given`);
  const endpoint = readEndpoint(options.endpoint, io.environment);
  const given = readInputEvents(await readArgument(file, io));
  const entries = given.map(toEntry);
  if (options.explain) await assertExplains(endpoint);
  warnAboutMembers(given, io);
  const server = { endpoint, rules: serverRules(endpoint) };
  const colors = createColors(io.color);
  let rejected = 0;
  let sent = 0;
  for (const batch of batches(entries)) {
    for (const [i, result] of (await putBatch(endpoint, batch, sent)).entries()) {
      const entry = batch[i] as PutEventsRequestEntry;
      if (result.EventId === undefined) rejected++;
      io.write(`${entryLine(++sent, entry, result, colors)}\n`);
      if (options.explain && result.EventId !== undefined) {
        io.write(await explainEntry(server, entry, result.EventId));
      }
    }
  }
  if (rejected === 0) return 0;
  io.writeError(`footbridge: ${rejected} of ${pluralize(sent, 'entry', 'entries')} rejected\n`);
  return 1;
}

/** Splits entries into requests within the limits, in order. */
function batches(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const all: PutEventsRequestEntry[][] = [];
  let size = 0;
  for (const entry of entries) {
    // An overestimate: it counts names and escapes too.
    const added = utf8Length(JSON.stringify(entry));
    const last = all.at(-1);
    if (last === undefined || last.length === entriesPerRequest || size + added >= requestBytes) {
      all.push([entry]);
      size = added;
    } else {
      last.push(entry);
      size += added;
    }
  }
  return all;
}

/** Returns one result for each entry. If the whole request is rejected, each entry is. */
async function putBatch(
  endpoint: string,
  batch: readonly PutEventsRequestEntry[],
  sent: number,
): Promise<readonly PutEventsResultEntry[]> {
  const response = await requestServer({
    url: `${endpoint}/`,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
    body: JSON.stringify({ Entries: batch }),
  }).catch((error: Error) => {
    throw sent === 0 ? error : new UsageError(`${error.message}; ${pluralize(sent, 'entry', 'entries')} sent before`);
  });
  const text = await response.text();
  if (!response.ok) {
    const { name: ErrorCode, message: ErrorMessage } = readError(response.status, text);
    return batch.map(() => ({ ErrorCode, ErrorMessage }));
  }
  const { Entries } = readResponse(text);
  if (Entries?.length === batch.length) return Entries;
  throw new UsageError(`${endpoint} is not an EventBridge endpoint: it returned ${text.slice(0, 60)}`);
}

function readResponse(text: string): Partial<PutEventsResponse> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<PutEventsResponse>;
  } catch {
    return {};
  }
}

function entryLine(
  number: number,
  { Source, DetailType }: PutEventsRequestEntry,
  { EventId, ErrorCode, ErrorMessage }: PutEventsResultEntry,
  { green, red, dim }: Colors,
): string {
  const what = [Source, DetailType].filter((part) => part !== undefined).map((part) => escapeLine(String(part)));
  const mark = EventId === undefined ? red('✗') : green('✓');
  const outcome = EventId === undefined ? red(escapeLine(`${ErrorCode}: ${ErrorMessage}`)) : dim(escapeLine(EventId));
  return [`${mark} ${number}`, ...what, outcome].join('  ');
}
