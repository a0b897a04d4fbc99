import { type CommandIo, UsageError } from './command-io.js';

const magic = /[*?{[]/;

/**
 * Returns the files that names and globs refer to, each once and in order. A glob has `*`, `?`, `[abc]`, `{a,b}`, and `**` for any
 * folders; it skips `node_modules` and names that begin with a dot, unless it spells them out. A name without these characters is
 * taken as it is, and so is the name of an existing file, such as `[id].yaml`. Throws a UsageError for a glob without a match.
 */
export async function findFiles(names: readonly string[], io: CommandIo): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const name of names) {
    if (name === '') throw new UsageError('a file name is empty');
    const isName = !magic.test(name) || (await isFile(name, io));
    const matched = isName ? [name] : await expandAll(name, io);
    if (matched.length === 0) throw new UsageError(`there is no file ${name}`);
    for (const file of matched) found.add(file);
  }
  return [...found];
}

/** Returns the files that exist now. */
export async function findExisting(names: readonly string[], io: CommandIo): Promise<readonly string[]> {
  const found = names.map(async (name) => {
    if (await isFile(name, io)) return [name];
    return magic.test(name) ? expandAll(name, io) : [];
  });
  return [...new Set((await Promise.all(found)).flat())];
}

/** Whether a name may refer to several files. */
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

/** Expands `{a,b}`. */
function alternatives(glob: string): readonly string[] {
  let open = [glob];
  for (;;) {
    const next = open.flatMap((one) => {
      const [whole, before, inner, after] = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(one) ?? [];
      return whole === undefined ? [one] : (inner as string).split(',').map((part) => before + part + after);
    });
    if (next.length === open.length && next.every((one, i) => one === open[i])) return open;
    if (next.length > maxAlternatives) throw new UsageError(`${glob} expands to too many names`);
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
  const matching = entries.filter(
    ({ name, isFolder }) =>
      isFolder === rest.length > 0 && matches.test(name) && (!name.startsWith('.') || step.startsWith('.')),
  );
  if (rest.length === 0) return matching.map(({ name }) => join(name));
  return (await Promise.all(matching.map(({ name }) => walk(join(name), rest, io)))).flat();
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
    throw new UsageError(`${step} is not a valid glob`);
  }
}
