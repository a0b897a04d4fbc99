import { invalid } from '../../base/service-error.js';
import { describeValue } from '../../base/unknown-value.js';
import type { Bridge } from '../../bridge/bridge.js';
import type { ResourceNode, SkippedResource, TemplateResolver } from '../cloudformation/cloud-template.js';
import { physicalName, resourceArn } from '../cloudformation/physical-id.js';
import type { Stack, StackRule } from '../deploy/stack.js';
import { collectProblems } from '../document/template-problem.js';

interface Loaded {
  readonly bridge: Bridge;
  readonly resolver: TemplateResolver;
  readonly deployed: readonly ResourceNode[];
  readonly rules: readonly StackRule[];
  readonly skipped: readonly SkippedResource[];
  /** By logical id. */
  readonly environments: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const noTargets = new Set([
  'AWS::Lambda::Function',
  'AWS::Events::Rule',
  'AWS::Events::Archive',
  'AWS::Events::Connection',
  'AWS::IAM::Role',
]);

export function makeStack({ bridge, resolver, deployed, rules, skipped, environments }: Loaded): Stack {
  const named = deployed.map((resource) => {
    const name = collectProblems([], () => physicalName(resolver, resource));
    return name === undefined ? resource : { ...resource, names: [...resource.names, name] };
  });
  const ofType = (...types: string[]) => named.filter(({ type }) => types.includes(type));
  const functions = ofType('AWS::Lambda::Function');
  const buses = ofType('AWS::Events::EventBus');
  const queues = ofType('AWS::SQS::Queue');
  const used = new Set(rules.flatMap((rule) => rule.targets.map(({ arn }) => arn)));
  const targets = named.filter((resource) => {
    const known = noTargets.has(resource.type) ? undefined : resourceArn(resolver, resource);
    return known !== undefined && (!known.isOpaque || used.has(known.arn));
  });
  const arnOf = (resource: ResourceNode) => resourceArn(resolver, resource)?.arn ?? '';
  return {
    name: resolver.settings.stackName,
    format: resolver.template.format,
    rules,
    skipped,
    handle: (name, target, options) =>
      bridge.handle(arnOf(findResource('stack.handle', name, [functions, targets])), target, options),
    queue: (name) => bridge.queue(arnOf(findResource('stack.queue', name, [queues]))),
    bus: (name) => bridge.bus(physicalName(resolver, findResource('stack.bus', name, [buses]))),
    environment: (name) => ({ ...environments.get(findResource('stack.environment', name, [functions]).logicalId) }),
  };
}

/**
 * The resource of a logical id, or of another name that only one of them has. `groups` are searched in order.
 * Throws a ValidationException.
 */
function findResource(caller: string, name: string, groups: readonly (readonly ResourceNode[])[]): ResourceNode {
  for (const resources of groups) {
    const exact = resources.find(({ logicalId }) => logicalId === name);
    if (exact !== undefined) return exact;
  }
  for (const resources of groups) {
    const found = resources.filter(({ names }) => names.includes(name));
    if (found.length === 1) return found[0] as ResourceNode;
    if (found.length > 1) {
      throw invalid(`${caller}: ${JSON.stringify(name)} is the name of several: ${list(found)}. Take one of these.`);
    }
  }
  const all = groups.flat();
  const there = all.length === 0 ? 'The stack has none.' : `There are ${list(all)}.`;
  throw invalid(
    `${caller}: the stack has no ${typeof name === 'string' ? JSON.stringify(name) : describeValue(name)}. ${there}`,
  );
}

const maxListed = 20;

function list(resources: readonly ResourceNode[]): string {
  const names = resources.slice(0, maxListed).map(({ logicalId }) => logicalId);
  const more = resources.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
