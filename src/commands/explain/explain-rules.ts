import type { BusEvent } from '../../events/bus-event.js';
import { compileInput } from '../../inputs/target-input.js';
import { explainPattern } from '../../patterns/explain/explain-pattern.js';
import type { SkippedResource } from '../../templates/cloudformation/cloud-template.js';
import type { CheckedRule, CheckedTemplate } from '../../templates/lint/check-template.js';

import { hintFor } from './hint-for.js';

/** One reason why an event does not reach a rule's targets. */
export interface Reason {
  readonly kind: 'bus' | 'field' | 'array' | 'or' | 'disabled' | 'schedule' | 'skipped';
  /** The path of the pattern's field, or `bus`. */
  readonly path?: string;
  readonly message: string;
  readonly hint?: string;
}

/** What a target receives of a matching event. */
export interface TargetVerdict {
  readonly id: string;
  readonly arn: string;
  readonly logicalId?: string | undefined;
  /** Absent if nothing is sent. */
  readonly input?: string;
  /** Why nothing is sent. */
  readonly error?: string;
}

/** The result of one event and one rule of a template. */
export interface RuleVerdict {
  /** Its name in the template. */
  readonly rule: string;
  /** Its other names in the template. */
  readonly names: readonly string[];
  /** Its name on the bus; absent for what is not an EventBridge rule. */
  readonly name?: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly bus?: string;
  readonly matches: boolean;
  /** Every reason why the event does not match; empty if it does. */
  readonly reasons: readonly Reason[];
  /** Empty if it does not match. */
  readonly targets: readonly TargetVerdict[];
}

/** Returns the rules that match first, then those with the fewest reasons; rules that no event can match come last. */
export function explainRules(event: BusEvent, templates: readonly CheckedTemplate[]): readonly RuleVerdict[] {
  return templates
    .flatMap(({ rules, skipped }) => [
      ...rules.map((rule) => explainRule(event, rule)),
      ...skipped.filter(isRuleLike).map(explainSkipped),
    ])
    .sort((a, b) => distance(a) - distance(b));
}

/** Returns the names under which each rule can be asked for. */
export function namesOf(template: CheckedTemplate): readonly (readonly string[])[] {
  return [
    ...template.rules.map(({ logicalId, names, name }) => [...names, logicalId, name]),
    ...template.skipped.filter(isRuleLike).map(({ logicalId, names }) => [...names, logicalId]),
  ];
}

/** Whether a skipped resource belongs in a list of rules. */
export function isRuleLike({ type }: SkippedResource): boolean {
  return type === 'AWS::Events::Rule' || /schedule|pipe|rule/i.test(type);
}

function explainRule(event: BusEvent, rule: CheckedRule): RuleVerdict {
  const { logicalId, names, name, bus, location, eventPattern, state } = rule;
  const { file, line, column } = location;
  const common = { rule: names[0] ?? logicalId, names: [...names, logicalId], name, file, line, column, bus };
  if (eventPattern === undefined) {
    const reason = { kind: 'schedule', message: `schedule ${rule.scheduleExpression}, not a pattern` } as const;
    return { ...common, matches: false, reasons: [reason], targets: [] };
  }
  const reasons: Reason[] = [];
  if (bus !== event.bus) reasons.push(busReason(event.bus, rule));
  if (state === 'DISABLED') {
    reasons.push({ kind: 'disabled', message: 'the rule is disabled', hint: 'State: ENABLED lets it match' });
  }
  for (const difference of explainPattern(eventPattern, event.text).differences) {
    const hint = hintFor(difference, eventPattern, event.text);
    const path = pathOf(difference);
    reasons.push({
      kind: difference.kind,
      ...(path === undefined ? {} : { path }),
      message: difference.message,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const matches = reasons.length === 0;
  return {
    ...common,
    matches,
    reasons,
    targets: matches ? rule.targets.map((target) => targetVerdict(event, rule, target)) : [],
  };
}

function pathOf(difference: ReturnType<typeof explainPattern>['differences'][number]): string | undefined {
  if (difference.kind === 'or') return undefined;
  return difference.kind === 'field' ? difference.path : difference.paths.join(', ');
}

function busReason(bus: string, rule: CheckedRule): Reason {
  const { sourceText, parameters = {} } = rule.busSource ?? {};
  const used = Object.entries(parameters).map(([name, value]) => `, ${name}=${value}`);
  const origin = sourceText === undefined || sourceText === `'${rule.bus}'` ? '' : ` (${sourceText}${used.join('')})`;
  const named =
    rule.bus === 'default' ? 'leave EventBusName out of the entry' : `put it with EventBusName "${rule.bus}"`;
  return {
    kind: 'bus',
    path: 'bus',
    message: `event is on "${bus}", rule on "${rule.bus}"${origin}`,
    hint: `${named}, or ask with --bus ${rule.bus}`,
  };
}

function targetVerdict(
  event: BusEvent,
  rule: CheckedRule,
  { id, arn, logicalId, record }: CheckedRule['targets'][number],
) {
  const make = compileInput(record);
  const input = make?.({ event, acceptedAt: Date.now(), ruleArn: rule.arn, ruleName: rule.name });
  const common = { id, arn, logicalId };
  if (input === undefined) return { ...common, input: event.text };
  if (input.kind === 'body') return { ...common, input: input.text };
  const { errorMessage, hint } = input;
  return { ...common, error: hint === undefined ? errorMessage : `${errorMessage} ${hint}` };
}

function explainSkipped({ logicalId, names, location, reason }: SkippedResource): RuleVerdict {
  const { file, line, column } = location;
  const reasons = [{ kind: 'skipped', message: `skipped: ${reason}` } as const];
  return {
    rule: names[0] ?? logicalId,
    names: [...names, logicalId],
    file,
    line,
    column,
    matches: false,
    reasons,
    targets: [],
  };
}

function distance({ matches, reasons }: RuleVerdict): number {
  if (matches) return -1;
  return reasons.some(({ kind }) => kind === 'schedule' || kind === 'skipped') ? 1e9 : reasons.length;
}
