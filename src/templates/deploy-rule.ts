import { ServiceError } from '../base/service-error.js';
import type { Bridge } from '../bridge/bridge.js';
import { apiModel } from '../model/api-model.js';
import type { ListShape, Structure } from '../model/shape.js';
import type { PutRuleRequest } from '../operations/rules.js';
import type { RuleState } from '../state/rule-record.js';
import type { Target } from '../state/target-record.js';
import type { ResourceNode, Scope } from './cloud-template.js';
import { atHome, type Deployment, inputOf, placeOf, refusedAs, refusedAt, resolvedProperties } from './deployment.js';
import { nodeSource } from './node-json.js';
import { patternProblem } from './pattern-problem.js';
import { physicalName, ruleBus } from './physical-id.js';
import type { Place } from './place.js';
import type { Origin, StackRule, StackTarget } from './stack.js';
import type { Part } from './stack-parts.js';
import { Problem } from './template-error.js';
import { itemsOf, type MapNode, member, type TemplateNode, textMember } from './template-node.js';
import { typedInput } from './typed-input.js';

const { Targets } = apiModel.PutTargets.members;
const targetShape = (Targets as ListShape).of as Structure;

/** AWS::Events::Rule. */
export async function deployRule(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  const properties = resolvedProperties(scope, resource);
  const Name = physicalName(scope, resource);
  const written = inputOf(apiModel.PutRule, properties, 'AWS::Events::Rule', ['Targets', 'Name']);
  const given = written as Omit<PutRuleRequest, 'Name'>;
  const EventBusName = given.EventBusName === undefined ? 'default' : atHome(deployment, given.EventBusName);
  const part = { kind: 'rule', bus: EventBusName, name: Name } as const;
  const isThere = await isRule(bridge, Name, EventBusName);
  await refusedAs(
    (error) => ruleProblem(error, resource, properties),
    () => bridge.putRule({ ...given, Name, EventBusName }),
  );

  const targets: StackTarget[] = [];
  const wanted: { readonly target: Target; readonly place: Place }[] = [];
  for (const { node, original } of targetNodes(scope, resource, properties)) {
    const target = targetOf(deployment, node);
    const { Id: id = '', Arn: arn = '' } = target;
    if (targets.some((other) => other.id === id)) {
      throw new Problem(node.place, `Targets has two targets with the Id ${JSON.stringify(id)}`);
    }
    wanted.push({ target, place: node.place });
    const logicalId = deployment.byArn.get(arn)?.logicalId;
    targets.push({ id, arn, logicalId, place: node.place, source: nodeSource(original) });
  }
  deployment.parts.take(part, resource, !isThere);
  if (isThere) await removeLeft(deployment, part, new Set(targets.map(({ id }) => id)));
  for (const { target, place } of wanted) {
    await refusedAt(place, () => bridge.putTargets({ Rule: Name, EventBusName, Targets: [target] }));
    deployment.parts.take(targetPart(part, target.Id), resource, true);
  }
  deployment.rules.push(ruleOf(scope, resource, properties, { name: Name, bus: EventBusName, given, targets }));
}

type RulePart = Part & { readonly bus: string };

function targetPart({ bus, name: rule }: RulePart, name = ''): Part {
  return { kind: 'target', bus, rule, name };
}

/** What an earlier load has put into the rule would count as its targets. */
async function removeLeft({ bridge, parts }: Deployment, rule: RulePart, wanted: ReadonlySet<string>): Promise<void> {
  const named = { Rule: rule.name, EventBusName: rule.bus };
  const { Targets } = await bridge.listTargetsByRule({ ...named, Limit: 100 });
  const left = Targets.map(({ Id }) => Id).filter((id) => !wanted.has(id) && parts.isHeld(targetPart(rule, id)));
  if (left.length > 0) await bridge.removeTargets({ ...named, Ids: left });
  for (const id of left) parts.drop(targetPart(rule, id));
}

async function isRule(bridge: Bridge, Name: string, EventBusName: string): Promise<boolean> {
  try {
    await bridge.describeRule({ Name, EventBusName });
    return true;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return false;
  }
}

/** The targets, each with how it is written. */
function targetNodes(
  scope: Scope,
  resource: ResourceNode,
  properties: MapNode,
): readonly { readonly node: TemplateNode; readonly original: TemplateNode }[] {
  const written = member(resource.properties, 'Targets');
  const resolved = itemsOf(member(properties, 'Targets'), 'Targets');
  // Where a function makes all of them, they are written nowhere else.
  if (written?.kind !== 'list') return resolved.map((node) => ({ node, original: node }));
  return written.items.flatMap((original) => {
    const node = scope.resolve(original);
    return node === undefined ? [] : [{ node, original }];
  });
}

/** At the part of the rule that is refused. */
function ruleProblem({ name, message }: ServiceError, resource: ResourceNode, properties: MapNode): Problem {
  if (name === 'InvalidEventPatternException') {
    const pattern = member(properties, 'EventPattern');
    if (pattern !== undefined) return patternProblem(pattern, message);
  }
  const constrained = /' at '(\w)(\w*)' failed to satisfy/.exec(message);
  const part =
    name === 'ResourceNotFoundException'
      ? 'EventBusName'
      : constrained !== null
        ? `${constrained[1]?.toUpperCase()}${constrained[2]}`
        : /ScheduleExpression/.exec(message)?.[0];
  return new Problem(member(properties, part ?? '')?.place ?? resource.place, message);
}

function targetOf(deployment: Deployment, node: TemplateNode): Target {
  const target = typedInput(targetShape, node, 'a target') as Target;
  return { ...target, Arn: target.Arn === undefined ? undefined : atHome(deployment, target.Arn) };
}

interface Deployed {
  readonly name: string;
  readonly bus: string;
  readonly given: Omit<PutRuleRequest, 'Name'>;
  readonly targets: readonly StackTarget[];
}

function ruleOf(
  scope: Scope,
  resource: ResourceNode,
  properties: MapNode,
  { name, given, targets }: Deployed,
): StackRule {
  const { logicalId, names, condition, place } = resource;
  return {
    logicalId,
    names,
    name,
    bus: ruleBus(scope, resource),
    busOrigin: busOrigin(scope, resource),
    state: (given.State ?? 'ENABLED') as RuleState,
    eventPattern: given.EventPattern,
    scheduleExpression: given.ScheduleExpression,
    condition,
    place,
    patternPlace: given.EventPattern === undefined ? undefined : placeOf(properties, 'EventPattern'),
    source: nodeSource(resource.properties),
    targets,
  };
}

/** A reference to a bus of the template says less than how that bus is named. */
function busOrigin(scope: Scope, { properties }: ResourceNode): Origin | undefined {
  const written = member(properties, 'EventBusName');
  if (written === undefined) return undefined;
  const name = textMember(written, 'Ref');
  const bus = name === undefined ? undefined : scope.template.resources.get(name);
  const source = (bus && member(bus.properties, 'Name')) ?? written;
  scope.used.clear();
  scope.resolve(source);
  return { source: nodeSource(source), parameters: Object.fromEntries(scope.used) };
}
