import { describe, expect, test } from 'vitest';
import { findFiles } from '../../src/commands/find-files.js';
import { recordedIo } from './recorded-io.js';

const names = ['a.yaml', 'b.json', '.c.yaml', 's/x/t.yaml', 's/y/t.yaml', 's/y/z/t.json', 's/node_modules/t.yaml'];
const io = recordedIo({ files: Object.fromEntries(names.map((name) => [name, ''])) });

describe('findFiles', () => {
  test.each([
    ['*.yaml', ['a.yaml']],
    ['?.{yaml,json}', ['a.yaml', 'b.json']],
    ['.*.yaml', ['.c.yaml']],
    ['[!a].*', ['b.json']],
    ['s/*/t.yaml', ['s/node_modules/t.yaml', 's/x/t.yaml', 's/y/t.yaml']],
    ['**/t.*', ['s/x/t.yaml', 's/y/t.yaml', 's/y/z/t.json']],
    ['s/**', ['s/x/t.yaml', 's/y/t.yaml', 's/y/z/t.json']],
    ['s/{x,y/z}/*', ['s/x/t.yaml', 's/y/z/t.json']],
  ])('Globs %s', async (glob, found) => {
    expect(await findFiles([glob], io)).toEqual(found);
  });

  test('Globs name each file once, in the order they were given', async () => {
    expect(await findFiles(['b.json', '*.*', 'nowhere.yaml'], io)).toEqual(['b.json', 'a.yaml', 'nowhere.yaml']);
  });

  test('Globs are names if a file has that name', async () => {
    const files = { 'pages/[id].yaml': '', 'pages/i.yaml': '', 'a?.yaml': '' };
    const found = findFiles(['pages/[id].yaml', 'a?.yaml'], recordedIo({ files }));
    expect(await found).toEqual(['pages/[id].yaml', 'a?.yaml']);
  });

  test('Globs that match nothing or too much are rejected', async () => {
    await expect(findFiles(['x*'], io)).rejects.toThrow('there is no file x*');
    await expect(findFiles([''], io)).rejects.toThrow('a file name is empty');
    await expect(findFiles(['{a,b}'.repeat(12)], io)).rejects.toThrow('expands to too many names');
  });
});
