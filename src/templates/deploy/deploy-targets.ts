import type { ListShape, Structure } from '../../model/shape.js';
import type { Target } from '../../model/target.js';
import { targetOperationShapes } from '../../resources/targets/target-shapes.js';

import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { withValidValues } from '../cloudformation/placeholders.js';
import { getMember, itemsOf, nodeSource, type TemplateNode } from '../document/template-node.js';
import { collectProblems, type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import { collectRejection, type Deployment, problemAt, toBridgeArn } from './deployment.js';
import type { StackTarget } from './stack.js';
import type { StackPart } from './stack-parts.js';
import { typedInput } from './typed-input.js';

const { Targets } = targetOperationShapes.PutTargets.members;
const targetShape = (Targets as ListShape).of as Structure;

/** A rule, with the name of its bus. */
export type RulePart = StackPart & { readonly kind: 'rule'; readonly bus: string };

/** The targets of a rule that is there, of which `resolved` are without intrinsic functions. */
export async function deployTargets(
  deployment: Deployment,
  resource: ResourceNode,
  rule: RulePart,
  resolved: TemplateNode | undefined,
): Promise<readonly StackTarget[]> {
  const { bridge, byArn, parts, resolver } = deployment;
  const targets: StackTarget[] = [];
  const rejected = new Set<string | undefined>();
  const wanted: { readonly target: Target; readonly location: SourceLocation }[] = [];
  for (const { node, original } of targetNodes(resolver, resource, resolved)) {
    collectProblems(deployment.problems, () => {
      const target = targetOf(deployment, node);
      const { Id: id = '', Arn: arn = '' } = target;
      if (targets.some((other) => other.id === id)) {
        throw new TemplateProblemError(node.location, `Targets has two targets with the Id ${JSON.stringify(id)}`);
      }
      wanted.push({ target, location: node.location });
      targets.push({
        id,
        arn,
        logicalId: byArn.get(arn)?.logicalId,
        location: node.location,
        sourceText: nodeSource(original),
      });
    });
  }
  await removeLeft(deployment, rule, new Set(targets.map(({ id }) => id)));
  for (const { target, location } of wanted) {
    const Targets = [target];
    const put = () => bridge.putTargets({ Rule: rule.name, EventBusName: rule.bus, Targets });
    const isPut = await collectRejection(deployment, () => problemAt(location, put));
    if (isPut) parts.record(targetPart(rule, target.Id), resource, true);
    else rejected.add(target.Id);
  }
  return targets.filter(({ id }) => !rejected.has(id));
}

/** The targets, each with how it is written. */
function targetNodes(
  resolver: TemplateResolver,
  resource: ResourceNode,
  resolved: TemplateNode | undefined,
): readonly { readonly node: TemplateNode; readonly original: TemplateNode }[] {
  const written = getMember(resource.properties, 'Targets');
  const items = itemsOf(resolved, 'Targets');
  // Where a function makes all of them, they are written nowhere else.
  if (written?.kind !== 'list') return items.map((node) => ({ node, original: node }));
  return written.items.flatMap((original) => {
    const node = resolver.resolve(original);
    return node === undefined ? [] : [{ node: withValidValues(node, resolver.settings), original }];
  });
}

function targetOf(deployment: Deployment, node: TemplateNode): Target {
  const target = typedInput(targetShape, node, 'a target') as Target;
  return { ...target, Arn: target.Arn === undefined ? undefined : toBridgeArn(deployment, target.Arn) };
}

/** What an earlier load has put into the rule would count as its targets. */
async function removeLeft({ bridge, parts }: Deployment, rule: RulePart, wanted: ReadonlySet<string>): Promise<void> {
  const named = { Rule: rule.name, EventBusName: rule.bus };
  const { Targets: there } = await bridge.listTargetsByRule({ ...named, Limit: 100 });
  const left = there.map(({ Id }) => Id).filter((id) => !wanted.has(id) && parts.isOwned(targetPart(rule, id)));
  if (left.length > 0) await bridge.removeTargets({ ...named, Ids: left });
  for (const id of left) parts.remove(targetPart(rule, id));
}

function targetPart({ bus, name: rule }: RulePart, name = ''): StackPart {
  return { kind: 'target', bus, rule, name };
}
