// Every entry that package.json names, but the one that only vitest can load.
import { createRequire } from 'node:module';

const { exports } = createRequire(import.meta.url)('footbridge/package.json');
const entries = Object.keys(exports).filter((path) => path !== './package.json' && path !== './vitest');
for (const path of entries) {
  const names = Object.keys(await import(path.replace('.', 'footbridge')));
  if (names.length === 0) throw new Error(`${path} exports nothing`);
}
console.log(`${entries.length} entries`);
