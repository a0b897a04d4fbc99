import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { dist, entryPoints } from './entry-points.js';

const types = join(dist, 'types');
const imports = /(?:\bfrom |\bimport\()['"](\.[^'"]+)\.js['"]/g;

/**
 * Makes an entry's declarations of those that TypeScript has written to dist/types/. Both forms of modules get the same ones: that
 * folder is one of CommonJS, from which declarations of either form may import. So a `Bridge` that was required is, also for the
 * compiler, a `Bridge` that was imported.
 */
export function writeDeclarations() {
  for (const { name, isEsOnly } of entryPoints) {
    const text = `export * from './types/${name}.js';\n`;
    // It imports packages that are ES modules only, so it cannot stand in that folder.
    const own = isEsOnly ? readFileSync(join(types, `${name}.d.ts`), 'utf8').replaceAll("'./", "'./types/") : text;
    writeFileSync(join(dist, `${name}.d.ts`), own);
    if (!isEsOnly) writeFileSync(join(dist, `${name}.d.cts`), text);
  }
  removeUnreached();
  writeFileSync(join(types, 'package.json'), '{ "type": "commonjs" }\n');
}

/** Removes the declarations of what no entry shows. */
function removeUnreached() {
  const reached = new Set(entryPoints.map(({ name }) => join(dist, `${name}.d.ts`)));
  for (const file of reached) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(imports)) {
      reached.add(join(dirname(file), `${path}.d.ts`));
    }
  }
  const there = readdirSync(types, { recursive: true, withFileTypes: true });
  for (const entry of there) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(file)) rmSync(file);
  }
  const folders = there.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  // The inner ones first.
  for (const folder of folders.sort((a, b) => relative(types, b).length - relative(types, a).length)) {
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
}
