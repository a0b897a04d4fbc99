import type { Bridge } from '../../bridge/bridge.js';
import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { physicalName, resourceArn, ruleBus } from '../cloudformation/physical-id.js';
import { resourceType } from '../cloudformation/resource-types.js';
import { getMember } from '../document/template-node.js';
import { type TemplateProblem, TemplateProblemError, templateProblem } from '../document/template-problem.js';
import { deployArchive } from './deploy-archive.js';
import { deployBus, deployBusPolicy } from './deploy-bus.js';
import { deployApiDestination, deployConnection } from './deploy-connection.js';
import { deployRule } from './deploy-rule.js';
import type { Deployment, RuleDraft } from './deployment.js';
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
  /** All rules whose properties could be resolved, also those with problems. */
  readonly drafts: readonly RuleDraft[];
  /** The deployed resources by ARN. */
  readonly byArn: ReadonlyMap<string, ResourceNode>;
  readonly problems: readonly TemplateProblem[];
}

/** Puts resources into a bridge; a problem of one does not keep another out. Without `ownership` it is a dry run. */
export async function deploy(
  bridge: Bridge,
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
  ownership?: StackOwnership,
): Promise<Deployed> {
  const byArn = new Map<string, ResourceNode>();
  const rules: StackRule[] = [];
  const drafts: RuleDraft[] = [];
  const problems: TemplateProblem[] = [];
  const parts = ownership ?? stackOwnership('');
  const isDryRun = ownership === undefined;
  const names = new Map<string, ResourceNode>();
  for (const [type, step] of Object.entries(steps)) {
    if (step === deployRule) addArns(resolver, resources, byArn);
    for (const resource of resources) {
      if (resource.type !== type) continue;
      try {
        assertUniqueName(resolver, resource, names);
        await step({ bridge, resolver, byArn, rules, drafts, problems, parts, isDryRun }, resource);
      } catch (error) {
        if (!(error instanceof TemplateProblemError)) throw error;
        problems.push(templateProblem(error));
      }
    }
  }
  return { rules, drafts, byArn, problems: withCauses(problems, resolver).sort(inOrder) };
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
    const known = resourceArn(resolver, resource);
    if (known !== undefined) byArn.set(known.arn, resource);
  }
}

/** A value that is rejected although it only stands for one that AWS knows: what has to be given is said instead. */
function withCauses(problems: readonly TemplateProblem[], { notes }: TemplateResolver): TemplateProblem[] {
  const given = new Set<TemplateProblem>();
  for (const problem of problems) {
    const [, note] = Array.from(notes).find(([value]) => problem.message.includes(value)) ?? [];
    given.add(note ?? problem);
  }
  return [...given];
}

export function inOrder(a: TemplateProblem, b: TemplateProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
