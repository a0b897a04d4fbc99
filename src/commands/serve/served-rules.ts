import { counted } from '../../base/describe.js';
import type { Bridge } from '../../bridge/bridge.js';
import { onReset, registerTemplateSource } from '../../bridge/internals.js';

import { loadTemplateText } from '../../templates/load-template.js';
import { showLine } from '../../templates/place.js';
import type { Stack, StackRule } from '../../templates/stack.js';
import { TemplateError } from '../../templates/template-error.js';
import { type CommandIo, UsageError } from '../command-io.js';
import { isRuleLike } from '../explain/explain-rules.js';
import { findExisting, findFiles, isGlob } from '../find-files.js';
import { formatTemplateProblems, readTemplateFile, warnUnknownParameters } from '../read-templates.js';
import type { TemplateOptions } from '../template-options.js';

interface ServedTemplate {
  /** As it was given or found. */
  readonly name: string;
  /** What was loaded; `undefined` of a file that never could be. */
  text: string | undefined;
  /** What the file said last. */
  seen: string;
  /** `undefined` while the bridge, made as new, has nothing of it. */
  stack: Stack | undefined;
  /** How often in a row its file was not there. */
  missed: number;
  readonly watching: AbortController;
}

/** A file is gone that was not there twice: editors take it away for a moment when they save. */
const missingBeforeRemoval = 2;
const emptyTemplate = '{"Resources":{}}';

/** What `serve` is given of templates. */
export interface GivenRules {
  readonly rules: readonly string[];
  readonly watch: boolean;
}

/**
 * Puts templates into the bridge, also once it was made as new, and with `watch` each again when its file has changed: its
 * rules change where they are, so that connections and pending deliveries stay. A template that cannot be loaded leaves its
 * rules as they were. New files that a glob stands for are loaded, and the rules of those that are gone leave with them; those of
 * a file that was named stay until it is back. Throws an UnusableInput for a template that cannot be loaded at first.
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
    throw new UsageError('serve: --stack-name names one stack, and --rules gives several templates');
  }
  const all = new Map<string, ServedTemplate>();
  const load = async (served: ServedTemplate, text: string) => {
    const stackName = isSeveral ? stackNameOf(served.name) : options.stackName;
    served.stack = await loadTemplateText(bridge, { text, file: fileOf(served) }, { ...options, stackName });
    served.text = text;
    for (const { arn, logicalId, place } of served.stack.rules.flatMap(({ targets }) => targets)) {
      if (logicalId === undefined) continue;
      const how =
        'A process puts a function there by connectBridge(url) and handle; --lambda-endpoint URL invokes Lambda functions';
      const words = `${logicalId} of ${fileOf(served)}, ${arn}. ${how}.`;
      registerTemplateSource(bridge, arn, { names: [logicalId], place: showLine(place), words });
    }
  };
  for (const name of await findFiles(given.rules, io)) {
    const { text } = await readTemplateFile(name, io);
    const served = newTemplate(name, text);
    await asUsageError(() => load(served, text));
    all.set(name, served);
    tell(`${fileOf(served)} serves ${servedText(served.stack)}`, served);
  }
  warnUnknownParameters(
    options,
    Array.from(all.values(), ({ seen }) => seen),
    io,
  );
  // One after the other, so that what is told is in order.
  let queue = Promise.resolve();
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work).catch((error: unknown) => {
      const message =
        error instanceof TemplateError
          ? formatTemplateProblems(error.problems)
          : error instanceof Error
            ? error.message
            : String(error);
      say(message);
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
    io.lookAgain(() => enqueue(lookForFiles), signal);
  }

  function watch(served: ServedTemplate): void {
    if (served.name === '-') return;
    signal.addEventListener('abort', () => served.watching.abort(), { once: true });
    io.watchFile(served.name, () => void enqueue(() => reload(served)), served.watching.signal);
  }

  async function reload(served: ServedTemplate): Promise<void> {
    const { name } = served;
    // Whether a file that is not there is gone is found out elsewhere.
    if (served.watching.signal.aborted || (await findExisting([name], io)).length === 0) return;
    const before = served.stack ?? emptyStack;
    try {
      const { text } = await readTemplateFile(name, io);
      if (text === served.seen) return;
      served.seen = text;
      await load(served, text);
    } catch (error) {
      say(`${name} has changed; ${served.text === undefined ? 'it has no rules yet' : 'its rules stay as they were'}`);
      throw error;
    }
    tell(`${name} has changed: ${servedText(served.stack, before)}`, served, before);
  }

  async function lookForFiles(): Promise<void> {
    const there = new Set(await findExisting(given.rules, io));
    for (const served of all.values()) {
      const { name } = served;
      if (name === '-') continue;
      if (there.has(name)) {
        if (served.missed >= missingBeforeRemoval) say(`${name} is back`);
        served.missed = 0;
      } else if (++served.missed === missingBeforeRemoval) await leave(served);
    }
    for (const name of there) if (!all.has(name)) await join(name);
  }

  async function join(name: string): Promise<void> {
    const served = newTemplate(name, '');
    all.set(name, served);
    watch(served);
    try {
      const { text } = await readTemplateFile(name, io);
      served.seen = text;
      await load(served, text);
    } catch (error) {
      say(`${name} is new, and cannot be loaded`);
      throw error;
    }
    tell(`${name} is new, and serves ${servedText(served.stack)}`, served);
  }

  async function leave(served: ServedTemplate): Promise<void> {
    const { name, stack = emptyStack } = served;
    if (given.rules.includes(name)) {
      say(`${name} is not there any more; its rules stay until it is back`);
      return;
    }
    served.watching.abort();
    all.delete(name);
    if (served.text !== undefined) await load(served, emptyTemplate);
    say(`${name} is gone: ${servedText(served.stack, stack)}`);
  }

  function tell(text: string, { stack }: ServedTemplate, before: Stack | typeof emptyStack = emptyStack): void {
    for (const line of [text, ...skippedText(stack, before)]) say(line);
  }

  function say(text: string): void {
    io.writeError(`footbridge: ${text.replaceAll('\n', '\nfootbridge: ')}\n`);
  }
}

function newTemplate(name: string, seen: string): ServedTemplate {
  return { name, text: undefined, seen, stack: undefined, missed: 0, watching: new AbortController() };
}

/** For sentences. */
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
      `${formatTemplateProblems(error.problems)}${isBusMissing ? '\n--bus NAME creates a bus that another template makes' : ''}`,
    );
  }
}

/** What the texts need of a stack. */
export type ServedStack = Pick<Stack, 'rules' | 'skipped'>;

export const emptyStack: ServedStack = { rules: [], skipped: [] };

/** `2 rules on default, orders; added: Chat; removed: Slack`, the changes only if it is said what was before. */
export function servedText({ rules }: ServedStack = emptyStack, before?: ServedStack): string {
  const buses = [...new Set(rules.map(({ bus }) => bus))];
  const where = buses.length === 0 ? '' : ` on ${buses.join(', ')}`;
  const changes =
    before === undefined
      ? []
      : [['added', onlyIn(rules, before.rules)] as const, ['removed', onlyIn(before.rules, rules)] as const];
  const told = changes.filter(([, names]) => names.length > 0).map(([what, names]) => `; ${what}: ${names.join(', ')}`);
  return `${counted(rules.length, 'rule')}${where}${told.join('')}`;
}

/** A line for each rule that is skipped, and was not before. */
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

/** What the stack of a file among several is called: `services/billing/template.yaml` is `services-billing`. */
export function stackNameOf(file: string): string {
  const name = file
    .replace(/(?:\.template)?\.(?:ya?ml|json)$/i, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/-(?:template|serverless)$/, '');
  return (/^[A-Za-z]/.test(name) ? name : `stack-${name}`).slice(-maxLength).replace(/^[^A-Za-z]+/, '');
}
