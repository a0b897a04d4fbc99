// npm run size [-- [--by-file] ENTRY…] : how large entries of the built package are when a browser loads them, and which folders or
// files of src/ that comes from. An entry is one file with its dependencies, minified by rolldown and packed by gzip.
import { join, relative } from 'node:path';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { dist, root, source } from '../build/entry-points.js';

/**
 * `files` is 1 if the entry loads nothing late, `minified` and `packed` are bytes, `parts` the minified bytes by package and folder
 * (or file), the most first. These are measured on the source, and a module is minified alone for that, so they are some percent
 * more than the whole.
 */
export async function measureSize(entry, { byFile = false } = {}) {
  const built = await bundle(join(dist, `${entry}.js`), { minify: true });
  const [plain] = await bundle(source(entry), {});
  const parts = new Map();
  for (const [path, { code }] of Object.entries(plain.modules)) {
    const bytes = minifySync(path, code ?? '').code.length;
    const part = partOf(path, byFile);
    if (bytes > 0) parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const [{ code }] = built;
  return {
    files: built.length,
    minified: Buffer.byteLength(code),
    packed: gzipSync(code, { level: 9 }).length,
    parts: [...parts].sort(([, a], [, b]) => b - a),
  };
}

/** What an app loads that imports only one name of an entry of the built package: bytes, minified and packed. */
export async function measureName(name, entry) {
  const id = '\0app';
  const app = {
    name: 'app',
    resolveId: (wanted) => (wanted === id ? id : undefined),
    load: (wanted) =>
      wanted === id ? `export { ${name} } from ${JSON.stringify(join(dist, `${entry}.js`))};` : undefined,
  };
  const [{ code }] = await bundle(id, { minify: true }, [app]);
  return gzipSync(code, { level: 9 }).length;
}

async function bundle(input, options, plugins = []) {
  const bundled = await rolldown({ input, plugins, platform: 'browser', tsconfig: false, logLevel: 'silent' });
  const { output } = await bundled.generate({ format: 'es', ...options });
  await bundled.close();
  return output;
}

function partOf(path, byFile) {
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (dependency !== undefined) return dependency;
  if (path.startsWith('\0')) return 'rolldown';
  const [folder, file] = relative(join(root, 'src'), path).replace(/\.ts$/, '').split('/');
  return file === undefined ? folder : `${folder}/${byFile ? file : ''}`;
}

/** As tables of Markdown. */
async function report(entries, options) {
  for (const entry of entries) {
    const { minified, packed, parts } = await measureSize(entry, options);
    const sum = parts.reduce((total, [, bytes]) => total + bytes, 0);
    const rows = parts.map(([name, bytes]) => {
      const share = bytes / sum;
      return `| \`${name}\` | ${(share * 100).toFixed(1)} % | ${((share * packed) / 1000).toFixed(1)} kB |`;
    });
    const title = `${entry}: ${(packed / 1000).toFixed(1)} kB (minified ${(minified / 1000).toFixed(1)} kB)`;
    stdout.write(
      `${[`### ${title}`, '', '| part | share | about |', '| --- | ---: | ---: |', ...rows].join('\n')}\n\n`,
    );
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const asked = argv.slice(2).filter((word) => !word.startsWith('--'));
  await report(asked.length > 0 ? asked : ['patterns', 'index'], { byFile: argv.includes('--by-file') });
}
