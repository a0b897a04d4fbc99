import type { Bridge } from '../../bridge/bridge.js';
import type { ResourceNode, Scope } from '../cloudformation/cloud-template.js';
import { attributeOf, physicalName, ruleBus } from '../cloudformation/physical-id.js';
import { resourceType } from '../cloudformation/resource-types.js';
import { gather, Problem, type TemplateProblem, templateProblem } from '../document/problem.js';
import { member } from '../document/template-node.js';
import { deployArchive } from './deploy-archive.js';
import { deployBus, deployBusPolicy } from './deploy-bus.js';
import { deployApiDestination, deployConnection } from './deploy-connection.js';
import { deployRule } from './deploy-rule.js';
import type { Deployment } from './deployment.js';
import type { StackRule } from './stack.js';
import { type StackParts, stackParts } from './stack-parts.js';

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
  scope: Scope,
  resources: readonly ResourceNode[],
  parts: StackParts = stackParts(''),
): Promise<Deployed> {
  const byArn = new Map<string, ResourceNode>();
  const rules: StackRule[] = [];
  const problems: TemplateProblem[] = [];
  const names = new Map<string, ResourceNode>();
  for (const [type, step] of Object.entries(steps)) {
    if (step === deployRule) addArns(scope, resources, byArn);
    for (const resource of resources) {
      if (resource.type !== type) continue;
      try {
        refuseTwin(scope, resource, names);
        await step({ bridge, scope, byArn, rules, parts }, resource);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        problems.push(templateProblem(error));
      }
    }
  }
  return { rules, byArn, problems: problems.sort(inOrder) };
}

const named = new Set(Object.keys(steps).filter((type) => type !== 'AWS::Events::EventBusPolicy'));

/** CloudFormation makes no resource that is there: the second would change the first. */
function refuseTwin(scope: Scope, resource: ResourceNode, names: Map<string, ResourceNode>): void {
  if (!named.has(resource.type)) return;
  const name = physicalName(scope, resource);
  const key = JSON.stringify([resource.type, name, resource.type === 'AWS::Events::Rule' && ruleBus(scope, resource)]);
  const twin = names.get(key);
  names.set(key, twin ?? resource);
  if (twin === undefined) return;
  const place = member(resource.properties, resourceType(resource.type)?.name ?? 'Name')?.place ?? resource.place;
  throw new Problem(place, `${twin.logicalId} has the name ${JSON.stringify(name)} already`);
}

/** Those of which only AWS knows the ARN have none here. */
function addArns(scope: Scope, resources: readonly ResourceNode[], byArn: Map<string, ResourceNode>): void {
  for (const resource of resources) {
    const arn = gather([], () => attributeOf(scope, resource, 'Arn', resource.place));
    if (arn !== undefined) byArn.set(arn, resource);
  }
}

export function inOrder(a: TemplateProblem, b: TemplateProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
