import { isServiceError, type ServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import { ruleShapes, type PutRuleRequest } from '../../resources/rules/rule-api.js';
import type { RuleState } from '../../resources/rules/rule-record.js';
import type { ResourceNode, Scope } from '../cloudformation/cloud-template.js';
import { physicalName, ruleBus } from '../cloudformation/physical-id.js';
import { Problem, type Place } from '../document/problem.js';
import { member, nodeJson, nodeSource, textMember, type MapNode, type TemplateNode } from '../document/template-node.js';
import { deployTargets } from './deploy-targets.js';
import { atHome, inputOf, placeOf, refusedAs, refusedMember, resolvedProperties, tagAgain, type Deployment } from './deployment.js';
import type { Origin, StackRule, StackTarget } from './stack.js';

/** AWS::Events::Rule. */
export async function deployRule(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  const properties = resolvedProperties(scope, resource);
  const Name = physicalName(scope, resource);
  const written = inputOf(ruleShapes.PutRule, properties, 'AWS::Events::Rule', ['Targets', 'Name']);
  const given = written as Omit<PutRuleRequest, 'Name'>;
  const EventBusName = given.EventBusName === undefined ? 'default' : atHome(deployment, given.EventBusName);
  const rule = { kind: 'rule', bus: ruleBus(scope, resource), name: Name } as const;
  const isThere = await isRule(bridge, Name, EventBusName);
  await refusedAs(
    (error) => ruleProblem(error, resource, properties),
    async () => {
      const { RuleArn } = await bridge.putRule({ ...given, Name, EventBusName });
      await tagAgain(deployment, resource, RuleArn, given.Tags ?? []);
    },
  );

  deployment.parts.take(rule, resource, !isThere);
  const targets = await deployTargets(deployment, resource, rule, member(properties, 'Targets'));
  deployment.rules.push(ruleOf(scope, resource, properties, { name: Name, given, targets }));
}

async function isRule(bridge: Bridge, Name: string, EventBusName: string): Promise<boolean> {
  try {
    await bridge.describeRule({ Name, EventBusName });
    return true;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return false;
  }
}

/** At the part of the rule that is refused. */
function ruleProblem({ name, message }: ServiceError, resource: ResourceNode, properties: MapNode): Problem {
  if (name === 'InvalidEventPatternException') {
    const pattern = member(properties, 'EventPattern');
    if (pattern !== undefined) return patternProblem(pattern, message);
  }
  const part = name === 'ResourceNotFoundException' ? 'EventBusName' : /ScheduleExpression/.exec(message)?.[0];
  const found = member(properties, part ?? '') ?? refusedMember(properties, message);
  return new Problem(found?.place ?? resource.place, message);
}

interface Deployed {
  readonly name: string;
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

const source = /\s*at \[Source: .*; line: (\d+), column: (\d+)\]\s*$/s;

/** A refused pattern, at the value that the service's sentence points to in the pattern's JSON text. */
function patternProblem(pattern: TemplateNode, message: string): Problem {
  const [where, line, column] = source.exec(message) ?? [];
  if (where === undefined || line !== '1' || pattern.kind === 'scalar') {
    return new Problem(pattern.place, message.replaceAll('\n', ' '));
  }
  // The service was recorded to point behind what it read.
  const place = placeAt(pattern, Number(column) - 2, 0).place;
  return new Problem(place, message.slice(0, -where.length));
}

/** The innermost value whose JSON text has the character at `offset`; `start` is where the text of `node` begins. */
function placeAt(node: TemplateNode, offset: number, start: number): { readonly place: Place } {
  let at = start + 1;
  if (node.kind === 'list') {
    for (const item of node.items) {
      const end = at + nodeJson(item).length;
      if (offset < end) return placeAt(item, offset, at);
      at = end + 1;
    }
  }
  if (node.kind === 'map') {
    for (const [name, { place, value }] of node.members) {
      const behindName = at + JSON.stringify(name).length + 1;
      const end = behindName + nodeJson(value).length;
      if (offset < behindName) return { place };
      if (offset < end) return placeAt(value, offset, behindName);
      at = end + 1;
    }
  }
  return node;
}
