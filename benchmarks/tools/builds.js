import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The builds to measure: this package's, by its own name, and the one in another `dist` folder if one is named. That folder
 * must stand where its dependencies are found.
 *
 * @returns {Promise<{ name: string, bridge: object, patterns: object, sdk: object }[]>}
 */
export async function loadBuilds(against) {
  const own = {
    name: 'this build',
    bridge: await import('footbridge'),
    patterns: await import('footbridge/patterns'),
    sdk: await import('footbridge/aws-sdk'),
  };
  if (against === undefined) return [own];
  const entry = (name) => {
    const file = resolve(against, name);
    if (!existsSync(file)) throw new Error(`--against names a folder with ${name}, and ${against} has none`);
    return import(pathToFileURL(file).href);
  };
  const [bridge, patterns, sdk] = await Promise.all(['index.js', 'patterns.js', 'aws-sdk.js'].map(entry));
  return [own, { name: against, bridge, patterns, sdk }];
}
