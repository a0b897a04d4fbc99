import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { gzipSync } from 'node:zlib';
import { copy, manifest, run } from './project.js';

/** The apps, and what they say. */
const apps = { 'bundled-app': 'delivered 120\n200 true us-east-1 true function\n', 'bundled-templates': 'big\n' };
/** What an app of one line has of the package. */
const names = { createBridge: 'footbridge', testPattern: 'footbridge/patterns' };

/**
 * Each bundles for a browser. `build` makes `out/NAME.js` of `NAME.js`, minified, in the one file that it names. What Parcel makes of
 * one line is not comparable: it needs an effect to keep anything.
 */
export const bundlers = [
  {
    name: 'esbuild',
    packages: ['esbuild@0.25'],
    args: (app) => ['esbuild', `${app}.js`, '--bundle', '--minify', '--format=esm', `--outfile=out/${app}.js`],
  },
  {
    name: 'vite',
    packages: ['vite@8'],
    config: {
      'vite.config.js': `export default ({ mode }) => ({
        build: {
          outDir: 'out', emptyOutDir: false, modulePreload: false,
          rolldownOptions: {
            input: mode + '.js', preserveEntrySignatures: 'strict', output: { entryFileNames: '[name].js' },
          },
        },
      });`,
    },
    args: (app) => ['vite', 'build', '--mode', app, '--logLevel', 'warn'],
  },
  {
    name: 'rollup',
    packages: ['rollup@4', '@rollup/plugin-node-resolve@16', '@rollup/plugin-commonjs@29', '@rollup/plugin-terser@1'],
    config: {
      'rollup.config.js': `import commonjs from '@rollup/plugin-commonjs';
        import resolve from '@rollup/plugin-node-resolve';
        import terser from '@rollup/plugin-terser';
        export default { plugins: [resolve({ browser: true }), commonjs(), terser({ module: true })] };`,
    },
    args: (app) => ['rollup', `${app}.js`, '-o', `out/${app}.js`, '-c', '--silent'],
  },
  {
    name: 'webpack',
    packages: ['webpack@5', 'webpack-cli@6'],
    config: {
      'webpack.config.js': `export default {
        mode: 'production', target: 'web', experiments: { outputModule: true },
        output: { path: import.meta.dirname + '/out', filename: '[name].js', library: { type: 'module' } },
        performance: { hints: false },
      };`,
    },
    args: (app) => ['webpack', '--entry', `./${app}.js`, '-o', 'out', '--output-filename', `${app}.js`],
  },
  {
    name: 'parcel',
    packages: ['parcel@2'],
    args: (app) => [
      'parcel',
      'build',
      `${app}.js`,
      '--dist-dir',
      'out',
      '--no-source-maps',
      '--no-cache',
      '--log-level',
      'warn',
    ],
    isMeasured: false,
    // `import * as YAML from …; export default YAML` in the browser's part of yaml.
    fails: { 'bundled-templates': 'what Parcel makes of the package yaml does not run' },
  },
];

/** Builds an app of every entry for a browser, with no word of complaint, and runs it; and measures what an app of one name loads. */
export async function runBundler(folder, { bundler }) {
  const { name, config = {}, fails = {}, isMeasured = true } = bundler;
  const { version } = manifest(folder, name);
  const title = `${name} ${version}`;
  for (const [file, text] of Object.entries(config)) writeFileSync(join(folder, file), text);
  for (const [app, said] of Object.entries(apps)) {
    if (fails[app] !== undefined) continue;
    copy([`${app}.js`], folder);
    const trouble = await build(folder, bundler, app);
    if (trouble !== undefined) return [{ title, isRight: false, what: trouble }];
    const { status, stdout, stderr } = await run(folder, execPath, ['--no-warnings', `out/${app}.js`]);
    if (status !== 0 || stdout !== said) return [{ title, isRight: false, what: `It says:\n${stdout}${stderr}` }];
  }
  const sizes = [];
  for (const [exported, entry] of isMeasured ? Object.entries(names) : []) {
    writeFileSync(join(folder, `${exported}.js`), `export { ${exported} } from '${entry}';\n`);
    const trouble = await build(folder, bundler, exported);
    if (trouble !== undefined) return [{ title, isRight: false, what: trouble }];
    const { length } = gzipSync(readFileSync(join(folder, 'out', `${exported}.js`)), { level: 9 });
    sizes.push(`${exported} ${(length / 1000).toFixed(1)} kB`);
  }
  return [
    {
      title,
      isRight: true,
      what: ['runs', ...sizes, ...Object.entries(fails).map(([app, why]) => `not ${app}: ${why}`)].join(', '),
    },
  ];
}

/** What it complains of. */
async function build(folder, { args }, app) {
  const [command, ...rest] = args(app);
  const { status, stdout, stderr } = await run(folder, join('node_modules/.bin', command), rest);
  const isThere = existsSync(join(folder, 'out', `${app}.js`));
  if (status === 0 && isThere && !/warn/i.test(stdout + stderr)) return undefined;
  return `${stdout}\n${stderr}\n${isThere ? '' : `There is only ${readdirSync(folder).join(', ')}`}`;
}
