import { parseArn } from '../base/arn.js';
import type { AbsentPlugins, Plugin } from '../core/plugin.js';

/** Which plugin of the package has which operations. Written down, so that a bridge can name a plugin without loading it. */
const operations: readonly (readonly [RegExp, string])[] = [
  [/^(?:Create|Update|Describe|List|Delete)Archives?$/, 'archives'],
  [/^(?:Start|Describe|List|Cancel)Replays?$/, 'replays'],
  [/^(?:Create|Update|Describe|List|Delete|Deauthorize)Connections?$/, 'connections'],
  [/^(?:Create|Update|Describe|List|Delete)ApiDestinations?$/, 'apiDestinations'],
  [/^(?:Put|Remove)Permission$/, 'permissions'],
  [/^(?:TagResource|UntagResource|ListTagsForResource)$/, 'tags'],
];

export function absentPlugins(plugins: readonly Plugin[]): AbsentPlugins {
  const unlessPresent = (name: string | undefined) =>
    plugins.some((plugin) => plugin.name === name) ? undefined : name;
  return {
    ofOperation: (name) => unlessPresent(operations.find(([names]) => names.test(name))?.[1]),
    ofTarget: (arn) => unlessPresent(targetPlugin(arn)),
  };
}

/** What has a service of its own behind its ARN. */
function targetPlugin(text: string): string | undefined {
  const { service, resource = '' } = parseArn(text) ?? {};
  if (service === 'sqs') return 'queues';
  if (service === 'logs') return 'logGroups';
  return service === 'events' && resource.startsWith('api-destination/') ? 'apiDestinations' : undefined;
}
