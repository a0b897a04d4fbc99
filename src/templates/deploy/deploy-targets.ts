import type { ListShape, Structure } from '../../model/shape.js';
import type { Target } from '../../model/target.js';
import { targetOperationShapes } from '../../resources/targets/target-shapes.js';
import type { ResourceNode, Scope } from '../cloudformation/cloud-template.js';
import { type Place, Problem } from '../document/problem.js';
import { itemsOf, member, nodeSource, type TemplateNode } from '../document/template-node.js';
import { atHome, type Deployment, refusedAt } from './deployment.js';
import type { StackTarget } from './stack.js';
import type { Part } from './stack-parts.js';
import { typedInput } from './typed-input.js';

const { Targets } = targetOperationShapes.PutTargets.members;
const targetShape = (Targets as ListShape).of as Structure;

/** A rule, with the name of its bus. */
export type RulePart = Part & { readonly kind: 'rule'; readonly bus: string };

/** The targets of a rule that is there, of which `resolved` are without intrinsic functions. */
export async function deployTargets(
  deployment: Deployment,
  resource: ResourceNode,
  rule: RulePart,
  resolved: TemplateNode | undefined,
): Promise<readonly StackTarget[]> {
  const { bridge, byArn, parts, scope } = deployment;
  const targets: StackTarget[] = [];
  const wanted: { readonly target: Target; readonly place: Place }[] = [];
  for (const { node, original } of targetNodes(scope, resource, resolved)) {
    const target = targetOf(deployment, node);
    const { Id: id = '', Arn: arn = '' } = target;
    if (targets.some((other) => other.id === id)) {
      throw new Problem(node.place, `Targets has two targets with the Id ${JSON.stringify(id)}`);
    }
    wanted.push({ target, place: node.place });
    targets.push({ id, arn, logicalId: byArn.get(arn)?.logicalId, place: node.place, source: nodeSource(original) });
  }
  await removeLeft(deployment, rule, new Set(targets.map(({ id }) => id)));
  for (const { target, place } of wanted) {
    await refusedAt(place, () => bridge.putTargets({ Rule: rule.name, EventBusName: rule.bus, Targets: [target] }));
    parts.take(targetPart(rule, target.Id), resource, true);
  }
  return targets;
}

/** The targets, each with how it is written. */
function targetNodes(
  scope: Scope,
  resource: ResourceNode,
  resolved: TemplateNode | undefined,
): readonly { readonly node: TemplateNode; readonly original: TemplateNode }[] {
  const written = member(resource.properties, 'Targets');
  const items = itemsOf(resolved, 'Targets');
  // Where a function makes all of them, they are written nowhere else.
  if (written?.kind !== 'list') return items.map((node) => ({ node, original: node }));
  return written.items.flatMap((original) => {
    const node = scope.resolve(original);
    return node === undefined ? [] : [{ node, original }];
  });
}

function targetOf(deployment: Deployment, node: TemplateNode): Target {
  const target = typedInput(targetShape, node, 'a target') as Target;
  return { ...target, Arn: target.Arn === undefined ? undefined : atHome(deployment, target.Arn) };
}

/** What an earlier load has put into the rule would count as its targets. */
async function removeLeft({ bridge, parts }: Deployment, rule: RulePart, wanted: ReadonlySet<string>): Promise<void> {
  const named = { Rule: rule.name, EventBusName: rule.bus };
  const { Targets: there } = await bridge.listTargetsByRule({ ...named, Limit: 100 });
  const left = there.map(({ Id }) => Id).filter((id) => !wanted.has(id) && parts.isHeld(targetPart(rule, id)));
  if (left.length > 0) await bridge.removeTargets({ ...named, Ids: left });
  for (const id of left) parts.drop(targetPart(rule, id));
}

function targetPart({ bus, name: rule }: RulePart, name = ''): Part {
  return { kind: 'target', bus, rule, name };
}
