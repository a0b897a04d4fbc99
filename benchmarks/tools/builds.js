import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The builds to measure: this package's, by its own name, and the one in another `dist` folder if one is named. That folder
 * must stand where its dependencies are found.
 *
 * @returns {Promise<{ name: string, bridge: object, patterns: object }[]>}
 */
export async function loadBuilds(against) {
  const own = { name: 'this build', bridge: await import('footbridge'), patterns: await import('footbridge/patterns') };
  if (against === undefined) return [own];
  const entry = (name) => {
    const file = resolve(against, name);
    if (!existsSync(file)) throw new Error(`--against names a folder with ${name}, and ${against} has none`);
    return import(pathToFileURL(file).href);
  };
  return [own, { name: against, bridge: await entry('index.js'), patterns: await entry('patterns.js') }];
}
