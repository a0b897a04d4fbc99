import { pluralize } from '../../base/describe.js';
import type { Bridge } from '../../bridge/bridge.js';
import { onReset, registerTemplateSource } from '../../bridge/internals.js';

import type { Stack, StackRule } from '../../templates/deploy/stack.js';
import { formatLine, TemplateError } from '../../templates/document/template-problem.js';
import { loadTemplateText } from '../../templates/load/load-template.js';

import { type CommandIo, UsageError } from '../command-io.js';
import { isRuleLike } from '../explain/explain-rules.js';
import { findExisting, findFiles, isGlob } from '../find-files.js';
import { formatTemplateProblems, readTemplateFile, warnUnknownParameters } from '../read-templates.js';
import type { TemplateOptions } from '../template-options.js';

interface ServedTemplate {
  /** The name that was given or found. */
  readonly name: string;
  /** The text that was loaded; `undefined` if it never could be loaded. */
  text: string | undefined;
  /** The text of the file when it was last read. */
  lastContent: string;
  /** `undefined` after a reset, until it is loaded again. */
  stack: Stack | undefined;
  /** How many times in a row the file was missing. */
  missingCount: number;
  readonly watchAbort: AbortController;
}

/** A file counts as removed if it is missing twice: editors remove it for a moment when they save. */
const missingBeforeRemoval = 2;
const emptyTemplate = '{"Resources":{}}';

/** The options of `serve` about templates. */
export interface GivenRules {
  readonly rules: readonly string[];
  readonly watch: boolean;
}

/**
 * Loads templates into the bridge, again after a reset, and with `watch` whenever a file changes. Rules change in place, so that
 * connections and pending deliveries remain. If a template cannot be loaded, its rules stay as they were. New files that a glob
 * matches are loaded, and the rules of removed files are removed; rules of a file that was named stay until the file is back.
 * Throws a UsageError if a template cannot be loaded at first.
 */
export async function serveRules(
  bridge: Bridge,
  given: GivenRules,
  options: TemplateOptions,
  io: CommandIo,
  signal: AbortSignal,
): Promise<void> {
  const isSeveral = given.rules.length > 1 || given.rules.some(isGlob);
  if (isSeveral && options.stackName !== undefined) {
    throw new UsageError('serve: --stack-name is for one template, but --rules has several');
  }
  const all = new Map<string, ServedTemplate>();
  const load = async (served: ServedTemplate, text: string) => {
    const stackName = isSeveral ? stackNameOf(served.name) : options.stackName;
    const readFile = (file: string) => io.readFile(file).catch(() => undefined);
    served.stack = await loadTemplateText(bridge, { text, file: fileOf(served), readFile }, { ...options, stackName });
    served.text = text;
    for (const { arn, logicalId, location } of served.stack.rules.flatMap(({ targets }) => targets)) {
      if (logicalId === undefined) continue;
      const how =
        'Register a handler from another process with connectBridge(url) and handle, or invoke Lambda functions with --lambda-endpoint URL';
      const words = `${logicalId} of ${fileOf(served)}, ${arn}. ${how}.`;
      registerTemplateSource(bridge, arn, { names: [logicalId], place: formatLine(location), words });
    }
  };
  let waiting: { readonly name: string; readonly text: string }[] = [];
  for (const name of await findFiles(given.rules, io)) waiting.push({ name, ...(await readTemplateFile(name, io)) });
  // A template may import what one after it exports.
  while (waiting.length > 0) {
    const unresolved: typeof waiting = [];
    let reason: unknown;
    for (const { name, text } of waiting) {
      const served = newTemplate(name, text);
      try {
        await load(served, text);
      } catch (error) {
        if (!isUnresolved(error)) await asUsageError(() => Promise.reject(error));
        reason ??= error;
        unresolved.push({ name, text });
        continue;
      }
      all.set(name, served);
      logStack(`${fileOf(served)} serves ${servedText(served.stack)}`, served);
    }
    if (unresolved.length === waiting.length) await asUsageError(() => Promise.reject(reason));
    waiting = unresolved;
  }
  warnUnknownParameters(
    options,
    Array.from(all.values(), ({ lastContent }) => lastContent),
    io,
  );
  // One after the other, so that messages are in order.
  let queue = Promise.resolve();
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work).catch((error: unknown) => {
      const message =
        error instanceof TemplateError
          ? formatTemplateProblems(error.problems)
          : error instanceof Error
            ? error.message
            : String(error);
      log(message);
    });
    return queue;
  };
  onReset(bridge, () => {
    for (const served of all.values()) served.stack = undefined;
    for (const served of all.values()) {
      const { text } = served;
      if (text !== undefined) void enqueue(() => load(served, text));
    }
  });
  if (given.watch) {
    for (const served of all.values()) watch(served);
    io.poll(() => enqueue(rescanFiles), signal);
  }

  function watch(served: ServedTemplate): void {
    if (served.name === '-') return;
    signal.addEventListener('abort', () => served.watchAbort.abort(), { once: true });
    io.watchFile(served.name, () => void enqueue(() => reload(served)), served.watchAbort.signal);
  }

  async function reload(served: ServedTemplate): Promise<void> {
    const { name } = served;
    // rescanFiles handles missing files.
    if (served.watchAbort.signal.aborted || (await findExisting([name], io)).length === 0) return;
    const before = served.stack ?? emptyStack;
    try {
      const { text } = await readTemplateFile(name, io);
      if (text === served.lastContent) return;
      served.lastContent = text;
      await load(served, text);
    } catch (error) {
      log(`${name} has changed; ${served.text === undefined ? 'it has no rules yet' : 'its rules stay as they were'}`);
      throw error;
    }
    logStack(`${name} has changed: ${servedText(served.stack, before)}`, served, before);
  }

  async function rescanFiles(): Promise<void> {
    const there = new Set(await findExisting(given.rules, io));
    for (const served of all.values()) {
      const { name } = served;
      if (name === '-') continue;
      if (there.has(name)) {
        if (served.missingCount >= missingBeforeRemoval) log(`${name} is back`);
        served.missingCount = 0;
      } else if (++served.missingCount === missingBeforeRemoval) await remove(served);
    }
    for (const name of there) if (!all.has(name)) await add(name);
  }

  async function add(name: string): Promise<void> {
    const served = newTemplate(name, '');
    all.set(name, served);
    watch(served);
    try {
      const { text } = await readTemplateFile(name, io);
      served.lastContent = text;
      await load(served, text);
    } catch (error) {
      log(`${name} is new and cannot be loaded`);
      throw error;
    }
    logStack(`${name} is new and serves ${servedText(served.stack)}`, served);
  }

  async function remove(served: ServedTemplate): Promise<void> {
    const { name, stack = emptyStack } = served;
    if (given.rules.includes(name)) {
      log(`${name} is missing; its rules stay until it is back`);
      return;
    }
    served.watchAbort.abort();
    all.delete(name);
    if (served.text !== undefined) await load(served, emptyTemplate);
    log(`${name} was removed: ${servedText(served.stack, stack)}`);
  }

  function logStack(text: string, { stack }: ServedTemplate, before: Stack | typeof emptyStack = emptyStack): void {
    for (const line of [text, ...skippedText(stack, before)]) log(line);
  }

  function log(text: string): void {
    io.writeError(`footbridge: ${text.replaceAll('\n', '\nfootbridge: ')}\n`);
  }
}

function newTemplate(name: string, lastContent: string): ServedTemplate {
  return { name, text: undefined, lastContent, stack: undefined, missingCount: 0, watchAbort: new AbortController() };
}

/** The name of the file for messages. */
function fileOf({ name }: ServedTemplate): string {
  return name === '-' ? 'standard input' : name;
}

async function asUsageError(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const isBusMissing = error.problems.some(({ message }) => /^Event bus .* does not exist\.$/.test(message));
    throw new UsageError(
      `${formatTemplateProblems(error.problems)}${isBusMissing ? '\n--bus NAME creates a bus of another template' : ''}`,
    );
  }
}

function isUnresolved(error: unknown): boolean {
  return error instanceof TemplateError && error.problems.some(({ code }) => code === 'unresolved');
}

/** The parts of a stack that messages show. */
export type ServedStack = Pick<Stack, 'rules' | 'skipped'>;

export const emptyStack: ServedStack = { rules: [], skipped: [] };

/** Returns `2 rules on default, orders; added: Chat; removed: Slack`, with changes if `before` is given. */
export function servedText({ rules }: ServedStack = emptyStack, before?: ServedStack): string {
  const buses = [...new Set(rules.map(({ bus }) => bus))];
  const where = buses.length === 0 ? '' : ` on ${buses.join(', ')}`;
  const changes =
    before === undefined
      ? []
      : [['added', onlyIn(rules, before.rules)] as const, ['removed', onlyIn(before.rules, rules)] as const];
  const changed = changes
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `; ${what}: ${names.join(', ')}`);
  return `${pluralize(rules.length, 'rule')}${where}${changed.join('')}`;
}

/** Returns a line for each rule that is skipped and was not before. */
export function skippedText({ skipped }: ServedStack = emptyStack, before: ServedStack): readonly string[] {
  return skipped
    .filter(isRuleLike)
    .filter(
      ({ logicalId, reason }) =>
        !before.skipped.some((other) => other.logicalId === logicalId && other.reason === reason),
    )
    .map(({ logicalId, names, reason }) => `${names[0] ?? logicalId} is skipped: ${reason}`);
}

function onlyIn(some: readonly StackRule[], others: readonly StackRule[]): readonly string[] {
  return some
    .filter(({ name, bus }) => !others.some((other) => other.name === name && other.bus === bus))
    .map(({ names, logicalId }) => names[0] ?? logicalId);
}

const maxLength = 128;

/** Returns the stack name for one of several files: `services-billing` for `services/billing/template.yaml`. */
export function stackNameOf(file: string): string {
  const name = file
    .replace(/(?:\.template)?\.(?:ya?ml|json)$/i, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/-(?:template|serverless)$/, '');
  return (/^[A-Za-z]/.test(name) ? name : `stack-${name}`).slice(-maxLength).replace(/^[^A-Za-z]+/, '');
}
