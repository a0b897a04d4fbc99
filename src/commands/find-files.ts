import { type CommandIo, UsageError } from './command-io.js';

const magic = /[*?{[]/;

/**
 * The files that names and globs stand for, each once and in order. A glob has `*`, `?`, `[abc]`, `{a,b}`, and `**` for any
 * folders; it passes over `node_modules` and over what begins with a dot unless the glob says so. A name without these is taken
 * as it is, and so is one that a file has, such as `[id].yaml`. Throws an UnusableInput for a glob that finds nothing.
 */
export async function findFiles(names: readonly string[], io: CommandIo): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const name of names) {
    if (name === '') throw new UsageError('the name of a file is empty');
    const isName = !magic.test(name) || (await isFile(name, io));
    const matched = isName ? [name] : await expandAll(name, io);
    if (matched.length === 0) throw new UsageError(`there is no file ${name}`);
    for (const file of matched) found.add(file);
  }
  return [...found];
}

/** Those of the files that are there now; nothing where there is none. */
export async function findExisting(names: readonly string[], io: CommandIo): Promise<readonly string[]> {
  const found = names.map(async (name) => {
    if (await isFile(name, io)) return [name];
    return magic.test(name) ? expandAll(name, io) : [];
  });
  return [...new Set((await Promise.all(found)).flat())];
}

/** Whether a name may stand for several files. */
export function isGlob(name: string): boolean {
  return magic.test(name);
}

async function expandAll(glob: string, io: CommandIo): Promise<readonly string[]> {
  const files = await Promise.all(alternatives(glob).map((one) => expand(one, io)));
  return [...new Set(files.flat())].sort();
}

async function isFile(name: string, io: CommandIo): Promise<boolean> {
  const [, folder = '', last = ''] = /^(.*\/)?([^/]*)$/s.exec(name) ?? [];
  const entries = await io.listFolder(folder.replace(/(?<=.)\/$/, '') || '.');
  return entries.some((entry) => entry.name === last && !entry.isFolder);
}

const maxAlternatives = 1000;

/** `{a,b}` written out. */
function alternatives(glob: string): readonly string[] {
  let open = [glob];
  for (;;) {
    const next = open.flatMap((one) => {
      const [whole, before, inner, after] = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(one) ?? [];
      return whole === undefined ? [one] : (inner as string).split(',').map((part) => before + part + after);
    });
    if (next.length === open.length && next.every((one, i) => one === open[i])) return open;
    if (next.length > maxAlternatives) throw new UsageError(`${glob} stands for too many names`);
    open = next;
  }
}

async function expand(glob: string, io: CommandIo): Promise<readonly string[]> {
  const isAbsolute = glob.startsWith('/');
  const steps = glob.split('/').filter((step) => step !== '');
  return walk(isAbsolute ? '/' : '', steps, io);
}

async function walk(folder: string, steps: readonly string[], io: CommandIo): Promise<readonly string[]> {
  const [step = '', ...rest] = steps;
  const join = (name: string) => (folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`);
  if (step === '.' || step === '..') return walk(join(step), rest, io);
  const entries = await io.listFolder(folder === '' ? '.' : folder);
  if (step === '**') {
    const below = entries.filter(({ name, isFolder }) => isFolder && !name.startsWith('.') && name !== 'node_modules');
    const here = rest.length === 0 ? walk(folder, ['*'], io) : walk(folder, rest, io);
    return (await Promise.all([here, ...below.map(({ name }) => walk(join(name), steps, io))])).flat();
  }
  const matches = matcherOf(step);
  const fitting = entries.filter(
    ({ name, isFolder }) =>
      isFolder === rest.length > 0 && matches.test(name) && (!name.startsWith('.') || step.startsWith('.')),
  );
  if (rest.length === 0) return fitting.map(({ name }) => join(name));
  return (await Promise.all(fitting.map(({ name }) => walk(join(name), rest, io)))).flat();
}

function matcherOf(step: string): RegExp {
  const parts = step.split(/(\*+|\?|\[[^\]]+\])/).map((part, i) => {
    if (i % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    if (part.startsWith('*')) return '.*';
    return part === '?' ? '.' : part.replace(/^\[!/, '[^').replace(/\\/g, '\\\\');
  });
  try {
    return new RegExp(`^${parts.join('')}$`, 's');
  } catch {
    throw new UsageError(`${step} is no glob`);
  }
}
