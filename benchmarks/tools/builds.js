import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The builds to measure: this package's, by its own name, and the one in another `dist` folder if one is named. That folder
 * must stand where its dependencies are found.
 *
 * `entry` is the URL of a file of its `dist` folder.
 *
 * @returns {Promise<{ name: string, entry: (file: string) => string, bridge: object, patterns: object, sdk: object, fetch: object,
 *   http: object }[]>}
 */
export async function loadBuilds(against) {
  const own = {
    name: 'this build',
    entry: (file) => new URL(`../../dist/${file}`, import.meta.url).href,
    bridge: await import('footbridge'),
    patterns: await import('footbridge/patterns'),
    sdk: await import('footbridge/aws-sdk'),
    fetch: await import('footbridge/fetch'),
    http: await import('footbridge/http'),
  };
  if (against === undefined) return [own];
  const entry = (name) => {
    const file = resolve(against, name);
    if (!existsSync(file)) throw new Error(`--against names a folder with ${name}, and ${against} has none`);
    return import(pathToFileURL(file).href);
  };
  const files = ['index.js', 'patterns.js', 'aws-sdk.js', 'fetch.js', 'http.js'];
  const [bridge, patterns, sdk, fetch, http] = await Promise.all(files.map(entry));
  const url = (file) => pathToFileURL(resolve(against, file)).href;
  return [own, { name: against, entry: url, bridge, patterns, sdk, fetch, http }];
}
