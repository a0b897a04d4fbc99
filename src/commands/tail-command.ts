import { requirePattern } from '../patterns/language/parse-pattern.js';
import { askServer, readRefusal } from './ask-server.js';
import type { CommandIo, ExitCode } from './command-io.js';
import { readEndpoint } from './endpoint.js';
import { clockTime, eventLine, rejectedLine, type SeenEvent } from './event-line.js';
import { paint } from './paint.js';
import { readArgument } from './read-argument.js';
import { readCommandLine } from './read-command-line.js';
import { readServerEvents } from './read-server-events.js';
import { refusedFrom } from './refused-from.js';
import { UnusableInput } from './unusable-input.js';

const reachingNothing = ['unmatched', 'dropped'];
const everyWay = ['matched', ...reachingNothing, 'rejected'];

/**
 * `tail [PATTERN]`: a line for each event that a running server gets, from now on, until the process is interrupted.
 * Answers 1 if it is the server that ends.
 */
export async function tailCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const kinds = { endpoint: 'text', unmatched: 'flag', json: 'flag' } as const;
  const { words, options } = readCommandLine('tail', args, kinds);
  if (words.length > 1) throw new UnusableInput(`tail takes one PATTERN; ${words.length} given`);
  const endpoint = readEndpoint(options.endpoint, io.environment);
  const pattern = await readPattern(words[0], io);
  const signal = io.interrupted();
  const query = { pattern, kind: options.unmatched ? reachingNothing : everyWay, since: 'now' };
  try {
    for await (const { event, data } of await follow(endpoint, query, signal, io)) {
      if (event === 'gap') io.writeError('footbridge: events came too fast; some are missing here\n');
      else io.write(options.json ? `${data}\n` : `${tailLine(data, io.color)}\n`);
    }
  } catch (error) {
    if (signal.aborted) return 0;
    if (error instanceof UnusableInput) throw error;
    // The connection broke.
  }
  io.writeError(`footbridge: the server at ${endpoint} has ended\n`);
  return 1;
}

async function readPattern(argument: string | undefined, io: CommandIo): Promise<string | undefined> {
  if (argument === undefined) return undefined;
  const { text, origin } = await readArgument(argument, io);
  refusedFrom(origin, () => requirePattern(text));
  return text;
}

async function follow(endpoint: string, query: object, signal: AbortSignal, io: CommandIo) {
  const response = await askServer({
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
  const { name, message } = readRefusal(response.status, await response.text());
  throw new UnusableInput(
    `${endpoint} cannot be followed; it needs a server that footbridge runs (${name}: ${message})`,
  );
}

function tailLine(data: string, color: boolean): string {
  const record = JSON.parse(data);
  const colors = paint(color);
  const said =
    record.kind === 'rejected'
      ? rejectedLine(record, colors)
      : eventLine(
          { ...(record as SeenEvent), source: record.event.source, detailType: record.event['detail-type'] },
          colors,
        );
  return `${colors.dim(clockTime(record.time))}  ${said}`;
}
