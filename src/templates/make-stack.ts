import type { Bridge } from '../bridge/bridge.js';
import type { ResourceNode, Scope, Skipped } from './cloud-template.js';
import { findResource } from './find-resource.js';
import { attributeOf, physicalName } from './physical-id.js';
import type { Stack, StackRule } from './stack.js';
import { gather } from './template-error.js';

interface Loaded {
  readonly bridge: Bridge;
  readonly scope: Scope;
  readonly deployed: readonly ResourceNode[];
  readonly rules: readonly StackRule[];
  readonly skipped: readonly Skipped[];
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

export function makeStack({ bridge, scope, deployed, rules, skipped, environments }: Loaded): Stack {
  const named = deployed.map((resource) => {
    const name = gather([], () => physicalName(scope, resource));
    return name === undefined ? resource : { ...resource, names: [...resource.names, name] };
  });
  const ofType = (...types: string[]) => named.filter(({ type }) => types.includes(type));
  const functions = ofType('AWS::Lambda::Function');
  const buses = ofType('AWS::Events::EventBus');
  const queues = ofType('AWS::SQS::Queue');
  const targets = named.filter(
    (resource) =>
      !noTargets.has(resource.type) &&
      gather([], () => attributeOf(scope, resource, 'Arn', resource.place)) !== undefined,
  );
  const arnOf = (resource: ResourceNode) => attributeOf(scope, resource, 'Arn', resource.place);
  return {
    name: scope.settings.stackName,
    form: scope.template.form,
    rules,
    skipped,
    handle: (name, target, options) =>
      bridge.handle(arnOf(findResource('stack.handle', name, [functions, targets])), target, options),
    queue: (name) => bridge.queue(arnOf(findResource('stack.queue', name, [queues]))),
    bus: (name) => bridge.bus(physicalName(scope, findResource('stack.bus', name, [buses]))),
    environment: (name) => ({ ...environments.get(findResource('stack.environment', name, [functions]).logicalId) }),
  };
}
