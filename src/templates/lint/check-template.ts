import { parseArn } from '../../base/arn.js';
import { virtualClock } from '../../base/clock/virtual-clock.js';
import { isServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import { createBridge } from '../../bridge/create-bridge.js';
import { defaults } from '../../bridge/options.js';
import type { TargetRecord } from '../../model/target.js';

import type {
  CloudTemplate,
  ReadOptions,
  ResourceNode,
  SkippedResource,
  TemplateFormat,
  TemplateResolver,
} from '../cloudformation/cloud-template.js';
import { physicalName, ruleBus } from '../cloudformation/physical-id.js';
import { hasPlaceholder } from '../cloudformation/placeholders.js';
import { createResolver } from '../cloudformation/template-resolver.js';
import { chooseResources } from '../deploy/choose-resources.js';
import { deploy, inOrder } from '../deploy/deploy.js';
import type { RuleDraft } from '../deploy/deployment.js';
import type { StackRule, StackTarget } from '../deploy/stack.js';
import { getString } from '../document/template-node.js';
import { collectProblems, TemplateError, type TemplateProblem } from '../document/template-problem.js';
import { type LoadOptions, readLoadOptions } from '../load/load-options.js';
import { parseText, type TemplateText } from '../load/parse-text.js';
import { readTemplate } from '../load/read-template.js';
import { valuesForOthers, withStackValues } from '../load/stack-values.js';

/** A target of a rule, with all that PutTargets was given. */
interface CheckedTarget extends StackTarget {
  readonly record: TargetRecord;
}

/** A rule that could be deployed. */
export interface CheckedRule extends StackRule {
  readonly arn: string;
  readonly targets: readonly CheckedTarget[];
}

/** A template deployed into a bridge of its own, as far as that went. */
export interface CheckedTemplate {
  readonly text: string;
  readonly format: TemplateFormat | undefined;
  readonly rules: readonly CheckedRule[];
  /** All rules whose properties could be resolved, also those with problems. */
  readonly drafts: readonly RuleDraft[];
  /** The resources that are deployed. */
  readonly resources: readonly ResourceNode[];
  /** `undefined` for a template that cannot be read. */
  readonly resolver: TemplateResolver | undefined;
  readonly skipped: readonly SkippedResource[];
  /** All that the service would reject, and all that is unresolved, in the order of the template. */
  readonly problems: readonly TemplateProblem[];
  /** What only AWS knows; each has an opaque value. */
  readonly notes: readonly TemplateProblem[];
  /** The names of the buses that the template creates or refers to. */
  readonly buses: readonly string[];
}

/** A template that was read, before it is deployed. */
interface Draft {
  readonly text: string;
  readonly template: CloudTemplate | undefined;
  readonly problems: readonly TemplateProblem[];
}

/**
 * Deploys templates where that changes nothing. Unlike `loadTemplate` it assumes that the buses of other templates exist, and returns the
 * problems in addition to the rules that could be deployed. The templates may import from each other in any order.
 * Throws a ValidationException for invalid options.
 */
export async function checkTemplates(
  texts: readonly TemplateText[],
  given: LoadOptions = {},
): Promise<readonly CheckedTemplate[]> {
  const options = readLoadOptions(defaults, given, 'placeholder');
  const drafts = await Promise.all(texts.map((text) => readDraft(text, options)));
  const shared = { ...options, parameters: sharedParameters(drafts, options) };
  const checked: CheckedTemplate[] = [];
  for (const draft of drafts) checked.push(await checkDraft(draft, shared));
  return checked;
}

async function readDraft(text: TemplateText, options: ReadOptions): Promise<Draft> {
  try {
    return { text: text.text, ...readTemplate(await parseText(text), options) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { text: text.text, template: undefined, problems: error.problems };
  }
}

/** The parameters with what the templates offer each other; one may offer what it has from another. */
function sharedParameters(drafts: readonly Draft[], options: ReadOptions): ReadonlyMap<string, string> {
  let parameters = options.parameters;
  for (let round = 0; round < drafts.length; round++) {
    const offered = drafts.flatMap(({ template }) => {
      if (template === undefined) return [];
      const resolver = resolverOf(template, { ...options, parameters });
      return [valuesForOthers(resolver, chooseResources(resolver, [], []))];
    });
    const next = withStackValues(options.parameters, offered);
    if (next.size === parameters.size) break;
    parameters = next;
  }
  return parameters;
}

function resolverOf(template: CloudTemplate, options: ReadOptions): TemplateResolver {
  return createResolver(template, { ...options, stackName: options.stackName ?? template.stackName ?? 'stack' });
}

async function checkDraft({ text, template, problems: read }: Draft, options: ReadOptions): Promise<CheckedTemplate> {
  if (template === undefined) {
    return {
      text,
      format: undefined,
      rules: [],
      drafts: [],
      resources: [],
      resolver: undefined,
      skipped: [],
      problems: read,
      notes: [],
      buses: [],
    };
  }
  const { account, region } = options;
  const limits = { buses: Number.POSITIVE_INFINITY };
  const bridge = createBridge({ account, region, clock: virtualClock(), limits });
  const problems = [...read];
  const skipped = [...template.skipped];
  const resolver = resolverOf(template, options);
  const resources = chooseResources(resolver, skipped, problems);
  try {
    const buses = await createOutsideBuses(bridge, resolver, resources);
    const { rules, drafts, problems: rejected } = await deploy(bridge, resolver, resources);
    const checked = await Promise.all(rules.map((rule) => withTargets(bridge, rule)));
    // A rejected placeholder says nothing about the real value.
    problems.push(...rejected.filter(({ message }) => !hasPlaceholder(message)), ...resolver.unresolved.values());
    const notes = Array.from(resolver.notes.values()).filter((note) => !problems.includes(note));
    return {
      text,
      format: template.format,
      rules: checked,
      drafts,
      resources,
      resolver,
      skipped,
      problems: problems.sort(inOrder),
      notes,
      buses,
    };
  } finally {
    bridge.reset();
  }
}

/** Returns the names of all buses that the template creates or refers to. */
async function createOutsideBuses(
  bridge: Bridge,
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
): Promise<readonly string[]> {
  const own = new Set<string>();
  const named = new Set<string>();
  for (const resource of resources) {
    collectProblems([], () => {
      if (resource.type === 'AWS::Events::EventBus') own.add(physicalName(resolver, resource));
      else if (resource.type === 'AWS::Events::Archive') named.add(archivedBus(resolver, resource));
      else if (/^AWS::Events::(?:Rule|EventBusPolicy)$/.test(resource.type)) named.add(ruleBus(resolver, resource));
    });
  }
  for (const Name of named) {
    if (Name === 'default' || own.has(Name)) continue;
    try {
      await bridge.createEventBus({ Name });
    } catch (error) {
      // What refers to it is rejected for its name.
      if (!isServiceError(error)) throw error;
    }
  }
  return [...new Set([...own, ...named])];
}

function archivedBus(resolver: TemplateResolver, { properties }: ResourceNode): string {
  const resolved = resolver.resolve(properties);
  const arn = parseArn(getString(resolved, 'SourceArn') ?? '');
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
