// Every entry that package.json names, but the one that only vitest can load.
const { exports: paths } = require('footbridge/package.json');

const entries = Object.keys(paths).filter((path) => path !== './package.json' && path !== './vitest');
for (const path of entries) {
  const names = Object.keys(require(path.replace('.', 'footbridge')));
  if (names.length === 0) throw new Error(`${path} exports nothing`);
}
const form = require('footbridge') === require('./node_modules/footbridge/dist/index.cjs') ? 'CommonJS' : 'ES modules';
console.log(`${entries.length} entries, as ${form}`);
