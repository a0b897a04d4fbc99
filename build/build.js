// npm run build : makes dist/ of src/.
//   dist/NAME.js, dist/NAME.cjs      each entry point as ES module and as CommonJS; what several share stands in dist/chunks/
//   dist/NAME.d.ts, dist/NAME.d.cts  its declarations, which are those of dist/types/
//   dist/cli.js                      the command
//   dist/footbridge.browser.js       for a page without a bundler: one minified file with everything in it
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { annotatePure } from './annotate-pure.js';
import { writeDeclarations } from './declarations.js';
import { dependencies, dependencyChunk, licensed } from './dependencies.js';
import { dist, entryPoints, root, source } from './entry-points.js';

/**
 * What these entries load stands in a chunk each, in this order, and only the rest where rolldown puts it: each file costs a process
 * that starts half a millisecond. All but the first two are used beside a bridge.
 */
const layers = { events: 'contracts', patterns: 'matching', index: 'bridge', matchers: 'assertions' };

const shared = {
  cwd: root,
  platform: 'neutral',
  tsconfig: false,
  resolve: { mainFields: ['module', 'main'] },
  transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
  // How long a build takes on a busy machine is nothing to stop it for.
  checks: { bundlerTimings: false },
  onLog: (level, log) => {
    throw new Error(`${level}: ${log.message}`);
  },
};

rmSync(dist, { recursive: true, force: true });
await Promise.all([
  writeForm('es', 'js', [...entryPoints.map(({ name }) => name), 'cli']),
  writeForm(
    'cjs',
    'cjs',
    entryPoints.filter(({ isEsOnly }) => !isEsOnly).map(({ name }) => name),
  ),
  writeBrowserFile(['index', 'patterns', 'events']),
  compileDeclarations(),
]);
writeDeclarations();
writeLicenses();
chmodSync(join(dist, 'cli.js'), 0o755);

/** All entries together, so that each module is there once. */
async function writeForm(format, extension, names) {
  const bundle = await rolldown({
    ...shared,
    input: Object.fromEntries(names.map((name) => [name, source(name)])),
    plugins: format === 'es' ? [dependencies, annotatePure] : [dependencies],
  });
  await bundle.write({
    dir: dist,
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `chunks/[name].${extension}`,
    minifyInternalExports: false,
    codeSplitting: { groups: [{ ...dependencyChunk, priority: 10 }, ...layerGroups()] },
  });
  await bundle.close();
}

/** One group a layer: a group takes along what its modules import, unless one of higher priority has it. */
function layerGroups() {
  let reached;
  const chunkOf = (id, context) => {
    reached ??= layersReached((module) => context.getModuleInfo(module));
    return reached.get(id);
  };
  return Object.values(layers).map((chunk, i) => ({
    name: (id, context) => (chunkOf(id, context) === chunk ? chunk : null),
    debugName: chunk,
    priority: Object.keys(layers).length - i,
  }));
}

function layersReached(getModuleInfo) {
  const reached = new Map();
  for (const [entry, chunk] of Object.entries(layers)) {
    const open = [source(entry)];
    for (const id of open) {
      for (const next of getModuleInfo(id)?.importedIds ?? []) {
        if (reached.has(next) || getModuleInfo(next)?.isExternal) continue;
        reached.set(next, chunk);
        open.push(next);
      }
    }
  }
  return reached;
}

async function writeBrowserFile(names) {
  const id = '\0browser';
  const all = {
    name: 'several-entries-in-one',
    resolveId: (wanted) => (wanted === id ? id : undefined),
    load: (wanted) =>
      wanted === id ? names.map((name) => `export * from ${JSON.stringify(source(name))};`).join('\n') : undefined,
  };
  const bundle = await rolldown({ ...shared, input: id, platform: 'browser', plugins: [all] });
  await bundle.write({ file: join(dist, 'footbridge.browser.js'), format: 'es', minify: true });
  await bundle.close();
}

async function compileDeclarations() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(execPath, [tsc, '-p', 'src'], { cwd: root }).catch(({ stdout, message }) => {
    throw new Error(stdout || message);
  });
}

/** Of the packages whose code is in what is built. */
function writeLicenses() {
  const texts = licensed.map((name) => {
    const text = readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8');
    return `${name}\n\n${text.trim()}\n`;
  });
  writeFileSync(join(dist, 'LICENSES.txt'), texts.join('\n\n'));
}
