import type { ResourceNode, Scope, Skipped } from '../cloudformation/cloud-template.js';
import { gather, type TemplateProblem } from '../document/problem.js';
import { isCall, type Member, member, membersOf, type TemplateNode, textMember } from '../document/template-node.js';
import { ruleOfEvent, type SamEvent, scheduleReason } from './sam-event.js';
import { besides, samProperties, targetArn } from './sam-resource.js';

/** What SAM makes of a resource: types, and what names it. */
const types: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

/** What SAM made of a template. */
export interface Transformed {
  readonly resources: Map<string, ResourceNode>;
  readonly references: Map<string, string>;
  readonly skipped: readonly Skipped[];
}

/** Carries out the SAM transform as far as rules, their targets and names go; `resolve` knows parameters, mappings and conditions. Problems are added to `problems`. */
export function transformSam(
  written: ReadonlyMap<string, ResourceNode>,
  globals: TemplateNode | undefined,
  resolve: Scope['resolve'],
  problems: TemplateProblem[],
): Transformed {
  gather(problems, () => {
    for (const [name, { value }] of membersOf(globals, 'Globals')) membersOf(value, `Globals.${name}`);
  });
  const resources = new Map<string, ResourceNode>();
  const references = new Map<string, string>();
  const skipped: Skipped[] = [];
  for (const resource of written.values()) {
    const type = Object.hasOwn(types, resource.type) ? types[resource.type] : undefined;
    if (type === undefined) {
      resources.set(resource.logicalId, resource);
      continue;
    }
    gather(problems, () => {
      const transformed = { ...resource, type, properties: samProperties(resource, globals, resolve) };
      resources.set(resource.logicalId, transformed);
      for (const made of besides(transformed, references)) resources.set(made.logicalId, made);
      const events = membersOf(member(transformed.properties, 'Events'), 'Events');
      for (const [name, event] of events) gather(problems, () => addEvent(transformed, name, event));
    });
  }
  return { resources, references, skipped };

  function addEvent(of: ResourceNode, name: string, written: Member): void {
    const event: SamEvent = { name, place: written.place, node: written.value, of, target: targetArn(of) };
    const rules = ruleOfEvent(event);
    if (rules === undefined) {
      const type = textMember(written.value, 'Type') ?? 'an unknown type';
      skipped.push({
        logicalId: `${of.logicalId}${name}`,
        names: [name],
        type,
        place: written.place,
        reason: scheduleReason(type),
      });
    }
    for (const resource of rules ?? []) resources.set(resource.logicalId, resource);
    const enabled = member(written.value, 'Properties', 'Enabled');
    if (rules === undefined || enabled === undefined || !isCall(enabled) || isTrue(enabled)) return;
    skipped.push({
      logicalId: `${of.logicalId}${name}`,
      names: [name],
      type: 'Enabled',
      place: enabled.place,
      reason:
        'SAM takes a function at Enabled for true, whatever it comes to: the rule is enabled; State takes functions',
    });
  }

  function isTrue(enabled: TemplateNode): boolean {
    const resolved = resolve(enabled);
    return resolved?.kind === 'scalar' && resolved.value === true;
  }
}
