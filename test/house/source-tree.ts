import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const statements = /^(?:import|export)\s[^;'"]*?\sfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm;
const typeStatements = /^(?:import|export) type [^;]*;/gm;
const calls = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** One file of `src/`, with what it imports, types included. */
export interface SourceFile {
  /** From `src/`: `patterns/number.ts`. */
  readonly path: string;
  /** The first folder; empty for a file directly in `src/`. */
  readonly folder: string;
  readonly text: string;
  /** Files of `src/` as their paths, everything else as it is written. */
  readonly imports: readonly string[];
  /** The same without those that are of types only. */
  readonly loads: readonly string[];
}

/** Every TypeScript file of `src/`. */
export const sources: readonly SourceFile[] = filesBelow('src')
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = read(`src/${path}`);
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
    const loads = importsOf(path, text.replace(typeStatements, ''));
    return { path, folder, text, imports: importsOf(path, text), loads };
  });

/** A file's text, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The paths of all files below a folder of the root, from that folder. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(posix.join(root, folder), posix.join(entry.parentPath, entry.name)))
    .sort();
}

/** The files that loading one file loads, itself included, and the packages they name. */
export function reachableFrom(path: string): { files: readonly string[]; packages: readonly string[] } {
  const files = new Set<string>([path]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const imported of sources.find((source) => source.path === file)?.imports ?? []) {
      (imported.endsWith('.ts') ? files : packages).add(imported);
    }
  }
  return { files: [...files], packages: [...packages].sort() };
}

function importsOf(path: string, text: string): readonly string[] {
  const found = [...text.matchAll(statements), ...text.matchAll(calls)].map((match) => match[1] ?? match[2] ?? '');
  return found.map((name) =>
    name.startsWith('.') ? posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts') : name,
  );
}
