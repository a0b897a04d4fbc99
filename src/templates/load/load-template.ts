import { virtualClock } from '../../base/clock/virtual-clock.js';
import { ServiceError } from '../../base/service-error.js';
import { describeValue } from '../../base/unknown-value.js';
import type { Bridge } from '../../bridge/bridge.js';
import { createBridge, defaultLimits } from '../../bridge/create-bridge.js';
import { internalsOf, isBridge, registerTemplateSource } from '../../bridge/internals.js';

import type { CloudTemplate, ReadOptions, ResourceNode, Scope, Skipped } from '../cloudformation/cloud-template.js';
import { makeScope } from '../cloudformation/scope.js';
import { chooseResources } from '../deploy/choose-resources.js';
import { deploy, inOrder } from '../deploy/deploy.js';
import { removeParts } from '../deploy/remove-parts.js';
import type { Stack } from '../deploy/stack.js';
import { inTurn, type StackParts, stackParts } from '../deploy/stack-parts.js';
import { showLine, showPlace, throwAll } from '../document/problem.js';
import { readEnvironments } from './environments.js';
import { type LoadOptions, readLoadOptions } from './load-options.js';
import { makeStack } from './make-stack.js';
import { readTemplateObject, readTemplateText } from './read-template.js';

/** A template's text, and the name of its file for sentences. */
export interface TemplateText {
  readonly text: string;
  readonly file: string | undefined;
}

/** Loads a template that has been read from a file. */
export function loadTemplateText(bridge: Bridge, { text, file }: TemplateText, options?: LoadOptions): Promise<Stack> {
  return load(bridge, options, (settings) => readTemplateText(text, file, settings), file);
}

/** Loads a template that has been parsed. */
export function loadTemplateObject(bridge: Bridge, template: object, options?: LoadOptions): Promise<Stack> {
  return load(bridge, options, (settings) => readTemplateObject(template, settings));
}

async function load(
  bridge: Bridge,
  given: LoadOptions | undefined,
  read: (settings: ReadOptions) => CloudTemplate,
  file?: string,
): Promise<Stack> {
  if (!isBridge(bridge)) {
    throw new ServiceError(
      'ValidationException',
      `loadTemplate: the first argument must be a bridge, but is ${describeValue(bridge)}.`,
    );
  }
  const options = readLoadOptions(bridge, given);
  const template = read(options);
  const scope = makeScope(template, { ...options, stackName: options.stackName ?? template.stackName ?? 'stack' });

  const skipped: Skipped[] = [...template.skipped];
  const deployed = chooseResources(scope, skipped);
  const owner = ownerOf(template, scope, options.stackName, file);
  const { rules, byArn } = await inTurn(bridge, async (all) => {
    const parts = stackParts(owner, all);
    await rehearse(bridge, scope, deployed, parts);
    const { problems, ...done } = await deploy(bridge, scope, deployed, parts);
    throwAll(problems);
    skipped.push(...(await removeParts(bridge, parts)));
    return done;
  });

  for (const [arn, { logicalId, names, place }] of byArn) {
    registerTemplateSource(bridge, arn, {
      names: [logicalId, ...names],
      place: showLine(place),
      words: `${logicalId} (${showPlace(place)}), ${arn}. A function is put there by stack.handle('${logicalId}', …).`,
    });
  }
  const environments = readEnvironments(scope, deployed, skipped);
  return makeStack({ bridge, scope, deployed, rules, skipped, environments });
}

/** What makes two loads those of one stack: its name, or its file where it was given none. Of the forms only serverless.yml has a name. */
function ownerOf(
  { form }: CloudTemplate,
  { settings }: Scope,
  stackName: string | undefined,
  file: string | undefined,
): string {
  const isNamed = stackName !== undefined || form === 'serverless' || file === undefined;
  return isNamed ? `stack ${settings.stackName}` : `file ${file}`;
}

/** Puts everything into a bridge without quotas first, so that a template with problems changes nothing. */
async function rehearse(
  bridge: Bridge,
  scope: Scope,
  resources: readonly ResourceNode[],
  parts: StackParts,
): Promise<void> {
  const own = new Set(parts.left().flatMap(({ part }) => (part.kind === 'bus' ? part.name : [])));
  const all = internalsOf(bridge, 'loadTemplate').overview().buses;
  const buses = all.map(({ name }) => name).filter((name) => !own.has(name));
  const { account, region } = bridge;
  const unlimited = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Number.POSITIVE_INFINITY]));
  const scratch = createBridge({ account, region, buses, clock: virtualClock(), limits: unlimited });
  const { problems } = await deploy(scratch, scope, resources);
  scratch.reset();
  throwAll([...problems].sort(inOrder));
}
