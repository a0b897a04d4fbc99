import { parseArn } from '../../base/arn.js';
import { virtualClock } from '../../base/clock/virtual-clock.js';
import { isServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import { createBridge } from '../../bridge/create-bridge.js';
import { defaults } from '../../bridge/options.js';
import type { TargetRecord } from '../../model/target.js';
import type { ResourceNode, Scope, Skipped } from '../cloudformation/cloud-template.js';
import { physicalName, ruleBus } from '../cloudformation/physical-id.js';
import { makeScope } from '../cloudformation/scope.js';
import { chooseResources } from '../deploy/choose-resources.js';
import { deploy } from '../deploy/deploy.js';
import type { StackRule, StackTarget } from '../deploy/stack.js';
import { gather, TemplateError, type TemplateProblem } from '../document/problem.js';
import { textMember } from '../document/template-node.js';
import { type LoadOptions, readLoadOptions } from '../load/load-options.js';
import type { TemplateText } from '../load/load-template.js';
import { readTemplateText } from '../load/read-template.js';

/** A target of a rule, with all that PutTargets was given. */
export interface CheckedTarget extends StackTarget {
  readonly record: TargetRecord;
}

/** A rule that could be deployed. */
export interface CheckedRule extends StackRule {
  readonly arn: string;
  readonly targets: readonly CheckedTarget[];
}

/** A template deployed into a bridge of its own, as far as that went. */
export interface CheckedTemplate {
  readonly rules: readonly CheckedRule[];
  readonly skipped: readonly Skipped[];
  /** All that the service would refuse, in the order of the template. */
  readonly problems: readonly TemplateProblem[];
  /** The names of the buses that the template makes or refers to. */
  readonly buses: readonly string[];
}

/**
 * Deploys a template where it changes nothing. Unlike `loadTemplate` it takes the buses that other templates make to be there,
 * and answers what is wrong beside what is right. Throws a ValidationException for wrong options.
 */
export async function checkTemplate({ text, file }: TemplateText, given: LoadOptions = {}): Promise<CheckedTemplate> {
  const options = readLoadOptions(defaults, given);
  const { account, region } = options;
  const bridge = createBridge({
    account,
    region,
    clock: virtualClock(),
    limits: { buses: Number.POSITIVE_INFINITY },
  });
  const skipped: Skipped[] = [];
  try {
    const template = readTemplateText(text, file, options);
    skipped.push(...template.skipped);
    const scope = makeScope(template, { ...options, stackName: options.stackName ?? template.stackName ?? 'stack' });
    const resources = chooseResources(scope, skipped);
    const buses = await makeOutsideBuses(bridge, scope, resources);
    const { rules, problems } = await deploy(bridge, scope, resources);
    const checked = await Promise.all(rules.map((rule) => withTargets(bridge, rule)));
    return { rules: checked, skipped, problems, buses };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { rules: [], skipped, problems: error.problems, buses: [] };
  } finally {
    bridge.reset();
  }
}

/** Answers all buses there are to be. */
async function makeOutsideBuses(
  bridge: Bridge,
  scope: Scope,
  resources: readonly ResourceNode[],
): Promise<readonly string[]> {
  const own = new Set<string>();
  const named = new Set<string>();
  for (const resource of resources) {
    gather([], () => {
      if (resource.type === 'AWS::Events::EventBus') own.add(physicalName(scope, resource));
      else if (resource.type === 'AWS::Events::Archive') named.add(archivedBus(scope, resource));
      else if (/^AWS::Events::(?:Rule|EventBusPolicy)$/.test(resource.type)) named.add(ruleBus(scope, resource));
    });
  }
  for (const Name of named) {
    if (Name === 'default' || own.has(Name)) continue;
    try {
      await bridge.createEventBus({ Name });
    } catch (error) {
      // What refers to it is refused for its name.
      if (!isServiceError(error)) throw error;
    }
  }
  return [...new Set([...own, ...named])];
}

function archivedBus(scope: Scope, { properties }: ResourceNode): string {
  const resolved = scope.resolve(properties);
  const arn = parseArn(textMember(resolved, 'SourceArn') ?? '');
  return arn?.resource.replace(/^event-bus\//, '') ?? 'default';
}

async function withTargets(bridge: Bridge, rule: StackRule): Promise<CheckedRule> {
  const named = { Rule: rule.name, EventBusName: rule.bus };
  const { Arn } = await bridge.describeRule({ Name: rule.name, EventBusName: rule.bus });
  const records: TargetRecord[] = [];
  let token: string | undefined;
  do {
    const page = await bridge.listTargetsByRule(token === undefined ? named : { ...named, NextToken: token });
    records.push(...(page.Targets as readonly TargetRecord[]));
    token = page.NextToken;
  } while (token !== undefined);
  const targets = rule.targets.flatMap((target) => {
    const record = records.find(({ Id }) => Id === target.id);
    return record === undefined ? [] : [{ ...target, record }];
  });
  return { ...rule, arn: Arn, targets };
}
