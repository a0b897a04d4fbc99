/** Returns what was thrown as an Error: itself, if it is one. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(describeError(error));
}

/** Describes what was thrown in one line: `Error: card declined`. Never throws. */
export function describeError(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return String(error);
    const { name, message } = error as { name?: unknown; message?: unknown };
    if (typeof message !== 'string') return JSON.stringify(error) ?? String(error);
    return typeof name === 'string' && name !== '' ? `${name}: ${message}` : message;
  } catch {
    return 'something that cannot be shown';
  }
}

/** Describes in one line why `JSON.stringify` failed. */
export function jsonErrorReason(error: unknown): string {
  const [reason = ''] = describeError(error).split('\n', 1);
  return /call stack|recursion/.test(reason) ? 'it is nested too deeply' : reason.replace(/^\w*Error: /, '');
}

/** `1 event`, `2 events`. */
export function pluralize(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

const maxEdits = 2;
const maxLength = 40;

/** Returns the name that a wrong name is probably a misspelling of: one at most two edits away, or the only one that starts with it. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  if (wrong.length > maxLength) return undefined;
  const completions = names.filter((name) => name.startsWith(wrong));
  if (completions.length === 1 && wrong.replaceAll('-', '').length > 1) return completions[0];
  const [nearest] = names
    .map((name) => ({ name, edits: editDistance(wrong, name) }))
    .filter(({ name, edits }) => edits <= maxEdits && edits < name.replaceAll('-', '').length - 1)
    .sort((a, b) => a.edits - b.edits);
  return nearest?.name;
}

const maxRanked = 1000;

/** Sorts names by their edit distance from a wrong one, ignoring case; of very many names, the first thousand. */
export function sortByDistance(wrong: string, names: readonly string[]): string[] {
  const from = wrong.slice(0, maxLength).toLowerCase();
  return names
    .slice(0, maxRanked)
    .map((name) => ({ name, edits: editDistance(from, name.slice(0, maxLength).toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
    .map(({ name }) => name);
}

/** Returns how many characters must be inserted, deleted, replaced or swapped with the next (Damerau-Levenshtein). */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      const edits = [(above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + cost];
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        edits.push((before[j - 2] as number) + 1);
      }
      row.push(Math.min(...edits));
    }
    before = above;
    above = row;
  }
  return above[to.length] as number;
}

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * Defines how an object is printed by `String` and by Node's `inspect`, with members that are not enumerable. `data` defines
 * what `JSON.stringify` and the snapshots of test runners show.
 */
export function defineToString<Value extends object>(value: Value, print: () => string, data?: () => object): Value {
  const nonEnumerable = (member: () => unknown) => ({
    value: member,
    enumerable: false,
    configurable: true,
    writable: true,
  });
  return Object.defineProperties(value, {
    toString: nonEnumerable(print),
    [inspect]: nonEnumerable(print),
    ...(data === undefined ? {} : { toJSON: nonEnumerable(data) }),
  });
}
