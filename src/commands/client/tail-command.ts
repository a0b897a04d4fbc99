import { escapeControls } from '../../base/escape-controls.js';
import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { type CommandIo, type ExitCode, UsageError } from '../command-io.js';
import { readCommandLine } from '../command-line.js';
import { clockTime, eventLine, rejectedLine, type SeenEvent } from '../event-line.js';
import { readArgument, withOrigin } from '../read-input.js';
import { createColors } from '../terminal.js';
import { readEndpoint, readError, requestServer } from './server-client.js';

const unmatchedKinds = ['unmatched', 'dropped'];
const allKinds = ['matched', ...unmatchedKinds, 'rejected'];

/**
 * `tail [PATTERN]`: prints a line for each event that a running server accepts from now on, until the process is interrupted.
 * Returns 1 if the server ends first.
 */
export async function tailCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const kinds = { endpoint: 'text', unmatched: 'flag', json: 'flag' } as const;
  const { words, options } = readCommandLine('tail', args, kinds);
  if (words.length > 1) throw new UsageError(`tail takes one PATTERN; ${words.length} given`);
  const endpoint = readEndpoint(options.endpoint, io.environment);
  const pattern = await readPattern(words[0], io);
  const signal = io.interrupted();
  const query = { pattern, kind: options.unmatched ? unmatchedKinds : allKinds, since: 'now' };
  try {
    for await (const { event, data } of await follow(endpoint, query, signal, io)) {
      if (event === 'gap') io.writeError('footbridge: events came too fast; some are missing\n');
      else io.write(options.json ? `${escapeControls(data)}\n` : `${tailLine(data, io.color)}\n`);
    }
  } catch (error) {
    if (signal.aborted) return 0;
    if (error instanceof UsageError) throw error;
    // The connection broke.
  }
  io.writeError(`footbridge: the server at ${endpoint} has stopped\n`);
  return 1;
}

async function readPattern(argument: string | undefined, io: CommandIo): Promise<string | undefined> {
  if (argument === undefined) return undefined;
  const { text, origin } = await readArgument(argument, io);
  withOrigin(origin, () => requirePattern(text));
  return text;
}

async function follow(endpoint: string, query: object, signal: AbortSignal, io: CommandIo) {
  const response = await requestServer({
    url: `${endpoint}/_footbridge/events`,
    headers: { accept: 'text/event-stream' },
    body: JSON.stringify(query),
    signal,
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (response.ok && isStream && response.body !== null) {
    io.writeError(`footbridge: following ${endpoint}\n`);
    return readServerEvents(response.body as ReadableStream<Uint8Array>);
  }
  const { name, message } = readError(response.status, await response.text());
  throw new UsageError(
    `${endpoint} cannot be followed: tail needs a server started by footbridge serve (${name}: ${message})`,
  );
}

function tailLine(data: string, color: boolean): string {
  const record = JSON.parse(data);
  const colors = createColors(color);
  const line =
    record.kind === 'rejected'
      ? rejectedLine(record, colors)
      : eventLine(
          { ...(record as SeenEvent), source: record.event.source, detailType: record.event['detail-type'] },
          colors,
        );
  return `${colors.dim(clockTime(record.time))}  ${line}`;
}

/** One server-sent event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads a stream of server-sent events. Comments, which keep the connection open, are skipped. */
export async function* readServerEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let event = 'message';
  let data: string[] = [];
  for await (const line of readLines(stream)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) yield { event, data: data.join('\n') };
      event = 'message';
      data = [];
    } else if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
  }
}

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  // Joined only when a line is complete, because repeated concatenation would take quadratic time.
  let pieces: string[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const [first = '', ...more] = decoder.decode(part.value, { stream: true }).split('\n');
    pieces.push(first);
    for (const next of more) {
      yield pieces.join('').replace(/\r$/, '');
      pieces = [next];
    }
  }
}
