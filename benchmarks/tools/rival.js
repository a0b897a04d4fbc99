import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const manifest = fileURLToPath(new URL('../rival/', import.meta.url));
const folder = fileURLToPath(new URL('../../node_modules/.cache/footbridge-benchmarks/', import.meta.url));
const name = 'serverless-offline-aws-eventbridge';
/** It stops at operators that it does not know, and at names with a hyphen, which S3's own events have. */
const unknown = /"(wildcard|cidr)":|"(?!detail-type|anything-but|equals-ignore-case)\w+-[\w-]+":/;

/**
 * Installs the package to compare with, once. It stands apart from the repository's dependencies because it brings 177
 * packages and 265 MB along, which nobody needs who does not run the benchmarks.
 */
export function installRival() {
  if (existsSync(`${folder}node_modules/${name}`)) return;
  mkdirSync(folder, { recursive: true });
  cpSync(manifest, folder, { recursive: true });
  try {
    execFileSync('npm', ['ci', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 300_000,
    });
  } catch {
    // Then `findRival` says so.
  }
}

/**
 * The matcher of serverless-offline-aws-eventbridge, a method of its plugin, or why there is none. It is the one that people
 * install most to run EventBridge offline.
 */
export function findRival() {
  try {
    const Plugin = createRequire(folder)(name);
    const { version } = JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, 'utf8'));
    const plugin = new Plugin({ service: {} }, {}, { log: { notice() {} } });
    return { name, version, matcher: (patterns) => makeMatcher(plugin, patterns) };
  } catch (error) {
    return { name, missing: `not measured: ${String(error.message).split('\n')[0]}` };
  }
}

/** The rules that match an entry, of those that it can take. */
function makeMatcher(plugin, patterns) {
  const known = patterns.filter((pattern) => !unknown.test(pattern));
  const subscribers = known.map((pattern) => ({ functionKey: pattern, event: { pattern: JSON.parse(pattern) } }));
  return {
    size: known.length,
    match: (entry) => subscribers.filter((subscriber) => plugin.verifyIsSubscribed(subscriber, entry)),
  };
}
