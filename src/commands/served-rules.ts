import type { Bridge } from '../bridge/bridge.js';
import { onReset } from '../bridge/resets.js';
import type { LoadOptions } from '../templates/load-options.js';
import { loadTemplateText } from '../templates/load-template.js';
import type { Stack, StackRule } from '../templates/stack.js';
import { TemplateError } from '../templates/template-error.js';
import type { CommandIo } from './command-io.js';
import { isLikeRule } from './explain-rules.js';
import { findFiles } from './find-files.js';
import { readTemplateFile } from './read-templates.js';
import { templateTrouble } from './template-trouble.js';
import { UnusableInput } from './unusable-input.js';

interface Served {
  readonly file: string;
  /** What was loaded. */
  text: string;
  /** What the file said last. */
  seen: string;
  /** `undefined` while the bridge, made as new, has nothing of it. */
  stack: Stack | undefined;
}

/**
 * Puts templates into the bridge, also once it was made as new, and with `watch` each again when its file has changed: its
 * rules change where they are, so that connections and pending deliveries stay. A template that cannot be loaded leaves its
 * rules as they were. Throws an UnusableInput for one that cannot be loaded at first.
 */
export async function serveRules(
  bridge: Bridge,
  given: { readonly rules: readonly string[]; readonly watch: boolean },
  options: LoadOptions,
  io: CommandIo,
  signal: AbortSignal,
): Promise<void> {
  const all: Served[] = [];
  for (const name of await findFiles(given.rules, io)) {
    const { text, file } = await readTemplateFile(name, io);
    const served: Served = { file, text, seen: text, stack: undefined };
    await orUnusable(() => load(bridge, served, served.text, options));
    all.push(served);
    tell(io, served, 'serves');
    if (given.watch && name === served.file) watch(name, served);
  }
  // One after the other, so that what is told is in order.
  let queue = Promise.resolve();
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      io.writeError(`footbridge: ${message.replaceAll('\n', '\nfootbridge: ')}\n`);
    });
  };
  onReset(bridge, () => {
    for (const served of all) served.stack = undefined;
    for (const served of all) enqueue(() => load(bridge, served, served.text, options));
  });

  function watch(name: string, served: Served): void {
    const changed = () => enqueue(() => reload(name, served));
    io.watchFile(name, changed, signal);
  }

  async function reload(name: string, served: Served): Promise<void> {
    const { text } = await readTemplateFile(name, io);
    if (text === served.seen || signal.aborted) return;
    served.seen = text;
    const before = served.stack;
    try {
      await load(bridge, served, text, options);
    } catch (error) {
      if (error instanceof TemplateError)
        io.writeError(`footbridge: ${name} has changed; its rules stay as they were\n`);
      throw error;
    }
    tell(io, served, 'has changed:', before ?? 'nothing');
  }
}

async function load(bridge: Bridge, served: Served, text: string, options: LoadOptions): Promise<void> {
  served.stack = await loadTemplateText(bridge, { text, file: served.file }, options);
  served.text = text;
}

function keyOf({ name, bus }: StackRule): string {
  return `${bus}/${name}`;
}

const nothing: Pick<Stack, 'rules' | 'skipped'> = { rules: [], skipped: [] };

function tell(io: CommandIo, { file, stack }: Served, verb: string, before?: Stack | 'nothing'): void {
  const rules = stack?.rules ?? [];
  const { rules: rulesBefore, skipped: skippedBefore } = typeof before === 'object' ? before : nothing;
  const missingIn = (some: readonly StackRule[], others: readonly StackRule[]) =>
    some.filter((rule) => !others.some((other) => keyOf(other) === keyOf(rule))).map(nameOf);
  const changes =
    before === undefined
      ? []
      : [['added', missingIn(rules, rulesBefore)] as const, ['removed', missingIn(rulesBefore, rules)] as const];
  const told = changes.filter(([, names]) => names.length > 0).map(([what, names]) => `; ${what}: ${names.join(', ')}`);
  const buses = [...new Set(rules.map(({ bus }) => bus))];
  const where = rules.length === 0 ? '' : ` on ${buses.join(', ')}`;
  io.writeError(
    `footbridge: ${file} ${verb} ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}${where}${told.join('')}\n`,
  );
  for (const { logicalId, names, reason } of stack?.skipped.filter(isLikeRule) ?? []) {
    if (skippedBefore.some((other) => other.logicalId === logicalId && other.reason === reason)) continue;
    io.writeError(`footbridge: ${names[0] ?? logicalId} is skipped: ${reason}\n`);
  }
}

function nameOf({ names, logicalId }: StackRule): string {
  return names[0] ?? logicalId;
}

async function orUnusable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const isBusMissing = error.problems.some(({ message }) => /^Event bus .* does not exist\.$/.test(message));
    throw new UnusableInput(
      `${templateTrouble(error.problems)}${isBusMissing ? '\n--bus NAME creates a bus that another template makes' : ''}`,
    );
  }
}
