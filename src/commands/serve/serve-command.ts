import type { AccountRegion } from '../../base/arn.js';
import type { Duration } from '../../base/clock/clock.js';
import { describeError } from '../../base/describe.js';
import type { Bridge } from '../../bridge/bridge.js';
import { createBridge } from '../../bridge/create-bridge.js';
import { isLoopbackName } from '../../server/access.js';
import { readHttpUrl } from '../client/server-client.js';
import { type CommandIo, type ExitCode, type RunningServer, UsageError } from '../command-io.js';
import { readCommandLine } from '../command-line.js';
import { readTemplateOptions, templateOptions } from '../template-options.js';
import { createColors } from '../terminal.js';
import { lambdaEndpoint, maxInvocations, maxInvocationTime } from './lambda-endpoint.js';
import { jsonLog, type LogEntry, loggedBridge, type ServeLog } from './logged-bridge.js';
import { prettyLog } from './pretty-log.js';
import { serveRules } from './served-rules.js';

const logs = ['pretty', 'json', 'none'] as const;
type LogName = (typeof logs)[number];

/** `serve`: serves a bridge over HTTP until the process is interrupted, then finishes pending deliveries. */
export async function serveCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('serve', args, {
    port: 'text',
    host: 'text',
    'allow-host': 'list',
    'allow-origin': 'list',
    bus: 'list',
    rules: 'list',
    ...templateOptions,
    watch: 'flag',
    'lambda-endpoint': 'text',
    'replay-delay': 'text',
    log: 'text',
  });
  if (words.length > 0) throw new UsageError(`serve takes options only; "${words[0]}" is not an option`);
  const unused = options.rules.length > 0 ? undefined : rulesOptions.find((name) => isGiven(options[name]));
  if (unused !== undefined) throw new UsageError(`serve: --${unused} needs --rules TEMPLATE`);
  const settings = await readTemplateOptions(options, io);
  const logName = readLog(options.log);
  const port = readPort(options.port);
  const lambda = options['lambda-endpoint'] && readHttpUrl(options['lambda-endpoint'], '--lambda-endpoint');
  const bridge = await asUsageError(() =>
    createBridge(bridgeOptions(options.bus, settings, logName, options['replay-delay'])),
  );
  const signal = io.interrupted();
  await serveRules(bridge, options, settings, io, signal);
  const log: ServeLog = { pretty: prettyLog(io.write, io.color), json: jsonLog(io.write), none: () => {} }[logName];
  const toLog: ServeLog = (entry, isPart) => {
    if (!signal.aborted || entry.kind !== 'retrying') log(entry, isPart);
  };
  const served = loggedBridge(lambda ? addLambdaEndpoint(bridge, lambda) : bridge, toLog);
  const server = await asUsageError(() =>
    io.serve(served, {
      port,
      host: options.host,
      hosts: options['allow-host'],
      origins: options['allow-origin'],
      onRejectedRequest: (refusal) =>
        toLog({ kind: 'refusal', time: new Date().toISOString(), ...refusal } as LogEntry),
    }),
  );
  printBanner(server, logName, io);
  if (options.host !== undefined && !isLoopbackName(options.host.toLowerCase())) {
    io.writeError(`footbridge: anyone who can reach ${options.host} has full access\n`);
  }
  await aborted(signal);
  return shutdown(server, bridge, signal.reason === 'unread' ? () => {} : io.writeError);
}

/** Options that need templates. */
const rulesOptions = ['watch', 'parameter', 'parameters', 'stack-name'] as const;

function isGiven(value: boolean | string | readonly string[] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** Warns on the console only if there is no log. */
function bridgeOptions(buses: readonly string[], { account, region }: AccountRegion, log: LogName, replayDelay = '0s') {
  const policy = log === 'none' ? 'warn' : 'ignore';
  const limits = { replayDelay: replayDelay as Duration };
  return { account, region, buses, onUnhandledTarget: policy, onFailedDelivery: policy, limits } as const;
}

/** Invokes Lambda functions that no connected process handles at the endpoint, also after a reset. */
function addLambdaEndpoint(bridge: Bridge, endpoint: string): Bridge {
  const invoke = lambdaEndpoint(endpoint);
  const handle = () => bridge.handle('*', invoke, { timeout: maxInvocationTime, concurrency: maxInvocations });
  handle();
  return {
    ...bridge,
    reset: () => {
      bridge.reset();
      handle();
    },
  };
}

function printBanner({ url }: RunningServer, log: LogName, io: CommandIo): void {
  const line = `export AWS_ENDPOINT_URL_EVENTBRIDGE=${url}\n`;
  if (log === 'json') {
    io.write(`${JSON.stringify({ kind: 'listening', time: new Date().toISOString(), url })}\n`);
    io.writeError(line);
  } else {
    io.write(createColors(io.color).bold(line.trimEnd()));
    io.write('\n');
    io.writeError('footbridge: paste that line where your program runs; Ctrl-C stops the server\n');
  }
}

/** Returns 1 if a delivery did not end. */
async function shutdown(server: RunningServer, bridge: Bridge, log: (text: string) => void): Promise<ExitCode> {
  log('footbridge: stopping after pending deliveries; Ctrl-C stops at once\n');
  await server.close();
  try {
    const { delivered, deadLettered, failed } = await bridge.close();
    log(`footbridge: ${delivered} delivered, ${deadLettered} dead-lettered, ${failed} failed\n`);
    return 0;
  } catch (error) {
    log(`footbridge: ${describeError(error)}\n`);
    return 1;
  }
}

function readLog(given = 'pretty'): LogName {
  const name = logs.find((known) => known === given);
  if (name !== undefined) return name;
  throw new UsageError(`--log must be ${logs.join(', ')}, but is ${JSON.stringify(given)}`);
}

function readPort(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new UsageError(`--port must be a whole number from 0 to 65535, but is ${JSON.stringify(given)}`);
}

/** The bridge and the server check their options and throw an Error for wrong ones. */
async function asUsageError<T>(make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : describeError(error));
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
