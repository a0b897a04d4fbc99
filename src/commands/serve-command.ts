import type { Home } from '../base/arn.js';
import { describeError } from '../base/describe.js';
import type { Bridge } from '../bridge/bridge.js';
import { createBridge } from '../bridge/create-bridge.js';
import { isLoopbackName } from '../server/access.js';
import type { CommandIo, ExitCode, RunningServer } from './command-io.js';
import { readHttpUrl } from './endpoint.js';
import { lambdaEndpoint, longestInvocation, mostInvocations } from './lambda-endpoint.js';
import { loggedBridge } from './logged-bridge.js';
import { paint } from './paint.js';
import { prettyLog } from './pretty-log.js';
import { readCommandLine } from './read-command-line.js';
import { jsonLog, type LogEntry, type ServeLog } from './serve-log.js';
import { serveRules } from './served-rules.js';
import { readTemplateOptions, templateOptions } from './template-options.js';
import { UnusableInput } from './unusable-input.js';

const logs = ['pretty', 'json', 'none'] as const;
type LogName = (typeof logs)[number];

/** `serve`: a bridge behind HTTP until the process is interrupted; then it delivers what is under way, and ends. */
export async function serveCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('serve', args, {
    port: 'text',
    host: 'text',
    'allow-host': 'list',
    bus: 'list',
    rules: 'list',
    ...templateOptions,
    watch: 'flag',
    'lambda-endpoint': 'text',
    log: 'text',
  });
  if (words.length > 0) throw new UnusableInput(`serve takes options only; "${words[0]}" is none`);
  const idle = options.rules.length > 0 ? undefined : ofRules.find((name) => isGiven(options[name]));
  if (idle !== undefined) throw new UnusableInput(`serve: --${idle} needs --rules TEMPLATE`);
  const settings = await readTemplateOptions(options, io);
  const logName = readLog(options.log);
  const port = readPort(options.port);
  const lambda = options['lambda-endpoint'] && readHttpUrl(options['lambda-endpoint'], '--lambda-endpoint');
  const bridge = await orUnusable(() => createBridge(bridgeOptions(options.bus, settings, logName)));
  const signal = io.interrupted();
  await serveRules(bridge, options, settings, io, signal);
  const log: ServeLog = { pretty: prettyLog(io.write, io.color), json: jsonLog(io.write), none: () => {} }[logName];
  const toLog: ServeLog = (entry, isPart) => {
    if (!signal.aborted || entry.kind !== 'retrying') log(entry, isPart);
  };
  const served = loggedBridge(lambda ? withLambda(bridge, lambda) : bridge, toLog);
  const server = await orUnusable(() =>
    io.serve(served, {
      port,
      host: options.host,
      hosts: options['allow-host'],
      onRejectedRequest: (refusal) =>
        toLog({ kind: 'refusal', time: new Date().toISOString(), ...refusal } as LogEntry),
    }),
  );
  greet(server, logName, io);
  if (options.host !== undefined && !isLoopbackName(options.host.toLowerCase())) {
    io.writeError(`footbridge: whoever reaches ${options.host} may do everything here\n`);
  }
  await aborted(signal);
  return end(server, bridge, signal.reason === 'unread' ? () => {} : io.writeError);
}

/** What says nothing without templates. */
const ofRules = ['watch', 'parameter', 'parameters', 'stack-name'] as const;

function isGiven(value: boolean | string | readonly string[] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** What is logged need not be told on the console too. */
function bridgeOptions(buses: readonly string[], { account, region }: Home, log: LogName) {
  const strictness = log === 'none' ? 'warn' : 'ignore';
  return { account, region, buses, onUnhandledTarget: strictness, onFailedDelivery: strictness } as const;
}

/** Every Lambda function that no connected process handles is invoked there, also once the bridge was made as new. */
function withLambda(bridge: Bridge, endpoint: string): Bridge {
  const invoke = lambdaEndpoint(endpoint);
  const handle = () => bridge.handle('*', invoke, { timeout: longestInvocation, concurrency: mostInvocations });
  handle();
  return {
    ...bridge,
    reset: () => {
      bridge.reset();
      handle();
    },
  };
}

function greet({ url }: RunningServer, log: LogName, io: CommandIo): void {
  const line = `export AWS_ENDPOINT_URL_EVENTBRIDGE=${url}\n`;
  if (log === 'json') {
    io.write(`${JSON.stringify({ kind: 'listening', time: new Date().toISOString(), url })}\n`);
    io.writeError(line);
  } else {
    io.write(paint(io.color).bold(line.trimEnd()));
    io.write('\n');
    io.writeError('footbridge: paste that line where your program runs; Ctrl-C ends\n');
  }
}

/** Answers 1 if a delivery came to no end. */
async function end(server: RunningServer, bridge: Bridge, say: (text: string) => void): Promise<ExitCode> {
  say('footbridge: ending; what is under way is delivered first, Ctrl-C ends at once\n');
  await server.close();
  try {
    const { delivered, deadLettered, failed } = await bridge.close();
    say(`footbridge: ${delivered} delivered, ${deadLettered} dead-lettered, ${failed} failed\n`);
    return 0;
  } catch (error) {
    say(`footbridge: ${describeError(error)}\n`);
    return 1;
  }
}

function readLog(given = 'pretty'): LogName {
  const name = logs.find((known) => known === given);
  if (name !== undefined) return name;
  throw new UnusableInput(`--log must be ${logs.join(', ')}, but is ${JSON.stringify(given)}`);
}

function readPort(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new UnusableInput(`--port must be a whole number from 0 to 65535, but is ${JSON.stringify(given)}`);
}

/** What the options say is checked where it is used; there it is an Error. */
async function orUnusable<T>(make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw new UnusableInput(error instanceof Error ? error.message : describeError(error));
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
