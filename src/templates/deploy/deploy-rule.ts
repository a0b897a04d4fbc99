import { isServiceError, type ServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import { type PutRuleRequest, ruleShapes } from '../../resources/rules/rule-api.js';
import type { RuleState } from '../../resources/rules/rule-record.js';
import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { physicalName, ruleBus } from '../cloudformation/physical-id.js';
import { hasPlaceholder } from '../cloudformation/placeholders.js';
import {
  getMember,
  getString,
  type MapNode,
  nodeJson,
  nodeSource,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import { deployTargets, type RulePart } from './deploy-targets.js';
import {
  collectRejection,
  type Deployment,
  locationOf,
  mapServiceError,
  memberInError,
  operationInput,
  resolvedProperties,
  toBridgeArn,
  updateTags,
} from './deployment.js';
import type { SourceValue, StackRule, StackTarget } from './stack.js';

/** AWS::Events::Rule. */
export async function deployRule(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, resolver } = deployment;
  const properties = resolvedProperties(resolver, resource);
  const bus = ruleBus(resolver, resource);
  const Name = physicalName(resolver, resource);
  const original = resolver.resolve(resource.properties);
  const hasUnresolved = original !== undefined && hasPlaceholder(nodeJson(original));
  deployment.drafts.push({ resource, properties, bus, name: Name, hasPlaceholder: hasUnresolved });
  const written = operationInput(ruleShapes.PutRule, properties, 'AWS::Events::Rule', ['Targets', 'Name']);
  const given = written as Omit<PutRuleRequest, 'Name'>;
  const EventBusName = given.EventBusName === undefined ? 'default' : toBridgeArn(deployment, given.EventBusName);
  const rule = { kind: 'rule', bus, name: Name } as const;
  const isThere = await isRule(bridge, Name, EventBusName);
  const put = async () => {
    const { RuleArn } = await bridge.putRule({ ...given, Name, EventBusName });
    await updateTags(deployment, resource, RuleArn, given.Tags ?? []);
  };
  const problemOf = (error: ServiceError) => ruleProblem(error, resource, properties);
  if (!(await collectRejection(deployment, () => mapServiceError(problemOf, put)))) {
    if (deployment.isDryRun) await checkTargets(deployment, resource, rule, properties);
    return;
  }

  deployment.parts.record(rule, resource, !isThere);
  const targets = await deployTargets(deployment, resource, rule, getMember(properties, 'Targets'));
  deployment.rules.push(ruleOf(resolver, resource, properties, { name: Name, given, targets }));
}

/** The targets of a rule that was rejected, on another rule in its place. */
async function checkTargets(
  deployment: Deployment,
  resource: ResourceNode,
  rule: RulePart,
  properties: MapNode,
): Promise<void> {
  try {
    await deployment.bridge.putRule({
      Name: rule.name,
      EventBusName: rule.bus,
      EventPattern: '{"source":["rejected"]}',
    });
  } catch (error) {
    // Its name or bus was rejected.
    if (isServiceError(error)) return;
    throw error;
  }
  await deployTargets(deployment, resource, rule, getMember(properties, 'Targets'));
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

/** A problem at the part of the rule that is rejected. */
function ruleProblem(
  { name, message }: ServiceError,
  resource: ResourceNode,
  properties: MapNode,
): TemplateProblemError {
  if (name === 'InvalidEventPatternException') {
    const pattern = getMember(properties, 'EventPattern');
    if (pattern !== undefined) return patternProblem(pattern, message);
  }
  const part = name === 'ResourceNotFoundException' ? 'EventBusName' : /ScheduleExpression/.exec(message)?.[0];
  const found = getMember(properties, part ?? '') ?? memberInError(properties, message);
  return new TemplateProblemError(found?.location ?? resource.location, message);
}

interface Deployed {
  readonly name: string;
  readonly given: Omit<PutRuleRequest, 'Name'>;
  readonly targets: readonly StackTarget[];
}

function ruleOf(
  resolver: TemplateResolver,
  resource: ResourceNode,
  properties: MapNode,
  { name, given, targets }: Deployed,
): StackRule {
  const { logicalId, names, condition, location } = resource;
  return {
    logicalId,
    names,
    name,
    bus: ruleBus(resolver, resource),
    busSource: busSource(resolver, resource),
    state: (given.State ?? 'ENABLED') as RuleState,
    eventPattern: given.EventPattern,
    scheduleExpression: given.ScheduleExpression,
    condition,
    location,
    patternLocation: given.EventPattern === undefined ? undefined : locationOf(properties, 'EventPattern'),
    sourceText: nodeSource(resource.properties),
    targets,
  };
}

/** For a bus of the template, the source text is that of its name, which says more than a reference. */
function busSource(resolver: TemplateResolver, { properties }: ResourceNode): SourceValue | undefined {
  const written = getMember(properties, 'EventBusName');
  if (written === undefined) return undefined;
  const name = getString(written, 'Ref');
  const bus = name === undefined ? undefined : resolver.template.resources.get(name);
  const source = (bus && getMember(bus.properties, 'Name')) ?? written;
  resolver.used.clear();
  resolver.resolve(source);
  return { sourceText: nodeSource(source), parameters: Object.fromEntries(resolver.used) };
}

const source = /\s*at \[Source: .*; line: (\d+), column: (\d+)\]\s*$/s;

/** A rejected pattern, at the value that the service's sentence points to in the pattern's JSON text. */
function patternProblem(pattern: TemplateNode, message: string): TemplateProblemError {
  const [where, line, column] = source.exec(message) ?? [];
  if (where === undefined || line !== '1' || pattern.kind === 'scalar') {
    return new TemplateProblemError(pattern.location, message.replaceAll('\n', ' '));
  }
  // The service was recorded to point behind what it read.
  const location = locationAt(pattern, Number(column) - 2, 0).location;
  return new TemplateProblemError(location, message.slice(0, -where.length));
}

/** The innermost value whose JSON text has the character at `offset`; `start` is where the text of `node` begins. */
function locationAt(node: TemplateNode, offset: number, start: number): { readonly location: SourceLocation } {
  let at = start + 1;
  if (node.kind === 'list') {
    for (const item of node.items) {
      const end = at + nodeJson(item).length;
      if (offset < end) return locationAt(item, offset, at);
      at = end + 1;
    }
  }
  if (node.kind === 'map') {
    for (const [name, { location, value }] of node.members) {
      const behindName = at + JSON.stringify(name).length + 1;
      const end = behindName + nodeJson(value).length;
      if (offset < behindName) return { location };
      if (offset < end) return locationAt(value, offset, behindName);
      at = end + 1;
    }
  }
  return node;
}
