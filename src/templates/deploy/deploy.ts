import type { Bridge } from '../../bridge/bridge.js';
import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { attributeOf, physicalName, ruleBus } from '../cloudformation/physical-id.js';
import { resourceType } from '../cloudformation/resource-types.js';
import { getMember } from '../document/template-node.js';
import {
  collectProblems,
  type TemplateProblem,
  TemplateProblemError,
  templateProblem,
} from '../document/template-problem.js';
import { deployArchive } from './deploy-archive.js';
import { deployBus, deployBusPolicy } from './deploy-bus.js';
import { deployApiDestination, deployConnection } from './deploy-connection.js';
import { deployRule } from './deploy-rule.js';
import type { Deployment } from './deployment.js';
import type { StackRule } from './stack.js';
import { type StackOwnership, stackOwnership } from './stack-parts.js';

type Deploy = (deployment: Deployment, resource: ResourceNode) => Promise<void>;

/** What goes into a bridge, in the order in which one needs another. */
const steps: Readonly<Record<string, Deploy>> = {
  'AWS::Events::EventBus': deployBus,
  'AWS::Events::EventBusPolicy': deployBusPolicy,
  'AWS::Events::Connection': deployConnection,
  'AWS::Events::ApiDestination': deployApiDestination,
  'AWS::Events::Archive': deployArchive,
  'AWS::Events::Rule': deployRule,
};

export function isDeployable(type: string): boolean {
  return Object.hasOwn(steps, type);
}

/** What came of a deployment. */
export interface Deployed {
  readonly rules: readonly StackRule[];
  /** The deployed resources by ARN. */
  readonly byArn: ReadonlyMap<string, ResourceNode>;
  readonly problems: readonly TemplateProblem[];
}

/** Puts resources into a bridge; what is wrong with one keeps no other out. */
export async function deploy(
  bridge: Bridge,
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
  parts: StackOwnership = stackOwnership(''),
): Promise<Deployed> {
  const byArn = new Map<string, ResourceNode>();
  const rules: StackRule[] = [];
  const problems: TemplateProblem[] = [];
  const names = new Map<string, ResourceNode>();
  for (const [type, step] of Object.entries(steps)) {
    if (step === deployRule) addArns(resolver, resources, byArn);
    for (const resource of resources) {
      if (resource.type !== type) continue;
      try {
        assertUniqueName(resolver, resource, names);
        await step({ bridge, resolver, byArn, rules, parts }, resource);
      } catch (error) {
        if (!(error instanceof TemplateProblemError)) throw error;
        problems.push(templateProblem(error));
      }
    }
  }
  return { rules, byArn, problems: problems.sort(inOrder) };
}

const named = new Set(Object.keys(steps).filter((type) => type !== 'AWS::Events::EventBusPolicy'));

/** CloudFormation makes no resource that is there: the second would change the first. */
function assertUniqueName(resolver: TemplateResolver, resource: ResourceNode, names: Map<string, ResourceNode>): void {
  if (!named.has(resource.type)) return;
  const name = physicalName(resolver, resource);
  const key = JSON.stringify([
    resource.type,
    name,
    resource.type === 'AWS::Events::Rule' && ruleBus(resolver, resource),
  ]);
  const duplicate = names.get(key);
  names.set(key, duplicate ?? resource);
  if (duplicate === undefined) return;
  const location =
    getMember(resource.properties, resourceType(resource.type)?.name ?? 'Name')?.location ?? resource.location;
  throw new TemplateProblemError(location, `${duplicate.logicalId} has the name ${JSON.stringify(name)} already`);
}

/** Those of which only AWS knows the ARN have none here. */
function addArns(
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
  byArn: Map<string, ResourceNode>,
): void {
  for (const resource of resources) {
    const arn = collectProblems([], () => attributeOf(resolver, resource, 'Arn', resource.location));
    if (arn !== undefined) byArn.set(arn, resource);
  }
}

export function inOrder(a: TemplateProblem, b: TemplateProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
