import type { ResourceNode } from './cloud-template.js';
import { Problem } from './template-error.js';
import { describeNode, member, type TemplateNode } from './template-node.js';

/** The logical ids that a resource names at DependsOn, each with its node. Throws a Problem for what is no name. */
function dependenciesOf({ source }: ResourceNode): readonly (readonly [string, TemplateNode])[] {
  const written = member(source, 'DependsOn');
  if (written === undefined) return [];
  return (written.kind === 'list' ? written.items : [written]).map((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value, item];
    throw new Problem(item.place, `DependsOn takes the logical ids of resources, but this is ${describeNode(item)}`);
  });
}

/**
 * CloudFormation refuses a DependsOn that names no resource; the sentence is its own. SAM makes more resources than are known here,
 * named after those that it makes them for, or with `Serverless` at the beginning. Throws a Problem.
 */
export function refuseUnknownDependencies(
  resource: ResourceNode,
  written: ReadonlyMap<string, ResourceNode>,
  resources: ReadonlyMap<string, ResourceNode>,
): void {
  for (const [name, { place }] of dependenciesOf(resource)) {
    if (resources.has(name) || isOfSam(name, written)) continue;
    throw new Problem(place, `Unresolved resource dependencies [${name}] in the Resources block of the template`);
  }
}

function isOfSam(name: string, written: ReadonlyMap<string, ResourceNode>): boolean {
  const makers = Array.from(written.values()).filter(({ type }) => type.startsWith('AWS::Serverless::'));
  return makers.some(({ logicalId }) => name.startsWith('Serverless') || name.startsWith(logicalId));
}
