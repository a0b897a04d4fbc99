import type { ResourceNode, SkippedKind, SkippedResource, TemplateResolver } from '../cloudformation/cloud-template.js';
import { entriesOf, getMember, getString, isCall, type Member, type TemplateNode } from '../document/template-node.js';
import { collectProblems, type TemplateProblem } from '../document/template-problem.js';
import { ruleOfEvent, type SamEvent, scheduleReason } from './sam-event.js';
import { besides, samProperties, targetArn } from './sam-resource.js';

/** What SAM makes of a resource: types, and what names it. */
const types: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

const streams = /^(?:SQS|Kinesis|DynamoDB|MSK|MQ|SelfManagedKafka|DocumentDB)$/;

function kindOf(eventType: string): SkippedKind {
  if (eventType === 'ScheduleV2') return 'schedule';
  return streams.test(eventType) ? 'event-source' : 'event';
}

/** The result of the SAM transform. */
export interface Transformed {
  readonly resources: Map<string, ResourceNode>;
  readonly references: Map<string, string>;
  readonly skipped: readonly SkippedResource[];
}

/** Performs the SAM transform as far as rules, their targets and names go; `resolve` knows parameters, mappings and conditions. Problems are added to `problems`. */
export function transformSam(
  written: ReadonlyMap<string, ResourceNode>,
  globals: TemplateNode | undefined,
  resolve: TemplateResolver['resolve'],
  problems: TemplateProblem[],
): Transformed {
  collectProblems(problems, () => {
    for (const [name, { value }] of entriesOf(globals, 'Globals')) entriesOf(value, `Globals.${name}`);
  });
  const resources = new Map<string, ResourceNode>();
  const references = new Map<string, string>();
  const skipped: SkippedResource[] = [];
  for (const resource of written.values()) {
    const type = Object.hasOwn(types, resource.type) ? types[resource.type] : undefined;
    if (type === undefined) {
      resources.set(resource.logicalId, resource);
      continue;
    }
    collectProblems(problems, () => {
      const transformed = { ...resource, type, properties: samProperties(resource, globals, resolve) };
      resources.set(resource.logicalId, transformed);
      for (const generated of besides(transformed, references)) resources.set(generated.logicalId, generated);
      const events = entriesOf(getMember(transformed.properties, 'Events'), 'Events');
      for (const [name, event] of events) collectProblems(problems, () => addEvent(transformed, name, event));
    });
  }
  return { resources, references, skipped };

  function addEvent(of: ResourceNode, name: string, written: Member): void {
    const event: SamEvent = { name, location: written.location, node: written.value, of, target: targetArn(of) };
    const rules = ruleOfEvent(event);
    if (rules === undefined) {
      const type = getString(written.value, 'Type') ?? 'an unknown type';
      skipped.push({
        kind: kindOf(type),
        logicalId: `${of.logicalId}${name}`,
        names: [name],
        type,
        location: written.location,
        reason: scheduleReason(type),
      });
    }
    for (const resource of rules ?? []) resources.set(resource.logicalId, resource);
    const enabled = getMember(written.value, 'Properties', 'Enabled');
    if (rules === undefined || enabled === undefined || !isCall(enabled) || isTrue(enabled)) return;
    skipped.push({
      kind: 'value',
      logicalId: `${of.logicalId}${name}`,
      names: [name],
      type: 'Enabled',
      location: enabled.location,
      reason:
        'SAM takes a function at Enabled for true, whatever it comes to: the rule is enabled; State takes functions',
    });
  }

  function isTrue(enabled: TemplateNode): boolean {
    const resolved = resolve(enabled);
    return resolved?.kind === 'scalar' && resolved.value === true;
  }
}
