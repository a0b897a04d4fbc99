import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SourceFile, sources } from './source-tree.js';

interface Exported {
  readonly name: string;
  readonly file: string;
  readonly documented: boolean;
}

const entries = sources.filter(({ folder }) => folder === '').map(({ path }) => path);
const declarations = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;
const lists = /^export (?:type )?\{([^}]*)\} from '([^']+)';/gm;
const stars = /^export (?:type )?\* from '([^']+)';/gm;

describe('Every name that an entry point exports', () => {
  test.each(entries)('has a doc comment: %s', (path) => {
    const bare = exportsOf(path).filter(({ documented }) => !documented);
    expect(bare.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });
});

function exportsOf(path: string): readonly Exported[] {
  const file = fileAt(path);
  const own = [...file.text.matchAll(declarations)].map((match) => {
    const documented = file.text.slice(0, match.index).endsWith('*/\n');
    return { name: match[1] as string, file: path, documented };
  });
  const listed = [...file.text.matchAll(lists)].flatMap(([, names = '', from = '']) => {
    // What another package exports is documented there.
    if (!from.startsWith('.')) return [];
    const wanted = names.split(',').map((name) => name.trim().split(' '));
    const known = exportsOf(posix.join(posix.dirname(path), from).replace(/\.js$/, '.ts'));
    return known.filter(({ name }) => wanted.some((words) => words.includes(name)));
  });
  const starred = [...file.text.matchAll(stars)].flatMap(([, from = '']) =>
    exportsOf(posix.join(posix.dirname(path), from).replace(/\.js$/, '.ts')),
  );
  const names = [...own, ...listed, ...starred];
  // The first of several overloads carries the comment.
  return names.filter(({ name }, i) => names.findIndex((other) => other.name === name) === i);
}

function fileAt(path: string): SourceFile {
  const file = sources.find((source) => source.path === path);
  if (file === undefined) throw new Error(`src/${path} does not exist`);
  return file;
}
