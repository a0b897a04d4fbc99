import { virtualClock } from '../../base/clock/virtual-clock.js';
import { ServiceError } from '../../base/service-error.js';
import { describeValue } from '../../base/unknown-value.js';
import type { Bridge } from '../../bridge/bridge.js';
import { createBridge, defaultLimits } from '../../bridge/create-bridge.js';
import { internalsOf, isBridge, registerTemplateSource } from '../../bridge/internals.js';

import type {
  CloudTemplate,
  ResourceNode,
  SkippedResource,
  TemplateResolver,
} from '../cloudformation/cloud-template.js';
import { createResolver } from '../cloudformation/template-resolver.js';
import { chooseResources } from '../deploy/choose-resources.js';
import { deploy, inOrder } from '../deploy/deploy.js';
import { removeStaleParts } from '../deploy/remove-stale-parts.js';
import type { Stack } from '../deploy/stack.js';
import { runSequentially, type StackOwnership, stackOwnership } from '../deploy/stack-parts.js';
import type { TemplateNode } from '../document/template-node.js';
import {
  formatLine,
  formatLocation,
  TemplateError,
  type TemplateProblem,
  throwAll,
} from '../document/template-problem.js';
import { readEnvironments } from './environments.js';
import { type LoadOptions, readLoadOptions } from './load-options.js';
import { makeStack } from './make-stack.js';
import { parseText, type TemplateText } from './parse-text.js';
import { readTemplate, templateNodes } from './read-template.js';
import { stackValuesOf, valuesForOthers, withStackValues } from './stack-values.js';

/** Loads a template that has been read from a file. */
export function loadTemplateText(bridge: Bridge, text: TemplateText, options?: LoadOptions): Promise<Stack> {
  return load(bridge, options, () => parseText(text), text.file);
}

/** Loads a template that has been parsed. */
export function loadTemplateObject(bridge: Bridge, template: object, options?: LoadOptions): Promise<Stack> {
  return load(bridge, options, async () => templateNodes(template));
}

async function load(
  bridge: Bridge,
  given: LoadOptions | undefined,
  parse: () => Promise<TemplateNode>,
  file?: string,
): Promise<Stack> {
  if (!isBridge(bridge)) {
    throw new ServiceError(
      'ValidationException',
      `loadTemplate: the first argument must be a bridge, but is ${describeValue(bridge)}.`,
    );
  }
  const own = readLoadOptions(bridge, given);
  const root = await parse();
  const values = stackValuesOf(bridge);
  const options = { ...own, parameters: withStackValues(own.parameters, values.values()) };
  const { template, problems } = readTemplate(root, options);
  throwAll(problems);
  if (template === undefined) throw new TemplateError([]);
  const resolver = createResolver(template, {
    ...options,
    stackName: options.stackName ?? template.stackName ?? 'stack',
  });

  const skipped: SkippedResource[] = [...template.skipped];
  const chosen: TemplateProblem[] = [];
  const deployed = chooseResources(resolver, skipped, chosen);
  throwAll(chosen);
  const owner = ownerOf(template, resolver, options.stackName, file);
  const { rules, byArn } = await runSequentially(bridge, async (all) => {
    const parts = stackOwnership(owner, all);
    await dryRunDeploy(bridge, resolver, deployed, parts);
    const { problems, ...done } = await deploy(bridge, resolver, deployed, parts);
    throwAll(problems);
    skipped.push(...(await removeStaleParts(bridge, parts)));
    return done;
  });

  for (const [arn, { logicalId, names, location }] of byArn) {
    registerTemplateSource(bridge, arn, {
      names: [logicalId, ...names],
      place: formatLine(location),
      words: `${logicalId} (${formatLocation(location)}), ${arn}. A function is put there by stack.handle('${logicalId}', …).`,
    });
  }
  values.set(owner, valuesForOthers(resolver, deployed));
  for (const { parameter = '', message, ...location } of resolver.notes.values()) {
    const { names = [], type = parameter } = template.resources.get(parameter.split('.')[0] ?? '') ?? {};
    const reason = `${message}; until then it has an opaque value`;
    skipped.push({ kind: 'value', logicalId: parameter, names, type, location, reason });
  }
  const environments = readEnvironments(strictResolver(resolver), deployed, skipped);
  return makeStack({ bridge, resolver, deployed, rules, skipped, environments });
}

/** Without opaque values: code under test is not to be given them. */
function strictResolver({ template, settings, made }: TemplateResolver): TemplateResolver {
  const strict = createResolver(template, { ...settings, unresolved: 'throw' });
  for (const [logicalId, arn] of made) strict.made.set(logicalId, arn);
  return strict;
}

/** What makes two loads those of one stack: its name, or its file where it was given none. Of the forms only serverless.yml has a name. */
function ownerOf(
  { format }: CloudTemplate,
  { settings }: TemplateResolver,
  stackName: string | undefined,
  file: string | undefined,
): string {
  const isNamed = stackName !== undefined || format === 'serverless' || file === undefined;
  return isNamed ? `stack ${settings.stackName}` : `file ${file}`;
}

/** Puts everything into a bridge without quotas first, so that a template with problems changes nothing. */
async function dryRunDeploy(
  bridge: Bridge,
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
  parts: StackOwnership,
): Promise<void> {
  const stackOwned = new Set(parts.stale().flatMap(({ part }) => (part.kind === 'bus' ? part.name : [])));
  const all = internalsOf(bridge, 'loadTemplate').overview().buses;
  const buses = all.map(({ name }) => name).filter((name) => !stackOwned.has(name));
  const { account, region } = bridge;
  const unlimited = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Number.POSITIVE_INFINITY]));
  const scratchBridge = createBridge({ account, region, buses, clock: virtualClock(), limits: unlimited });
  const { problems } = await deploy(scratchBridge, resolver, resources);
  scratchBridge.reset();
  throwAll([...problems].sort(inOrder));
}
