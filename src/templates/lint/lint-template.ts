import { defaultLimits } from '../../bridge/create-bridge.js';

import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { formatLocation, type SourceLocation, type TemplateProblem } from '../document/template-problem.js';
import type { CheckedRule, CheckedTemplate } from './check-template.js';
import { unmatchableReason } from './unmatchable-reason.js';

/** What a finding is about. */
export type LintCode =
  | 'refused'
  | 'unresolved'
  | 'unsupported'
  | 'never-matches'
  | 'no-dead-letter-queue'
  | 'no-target'
  | 'duplicate-rule';

/** One thing about a template that is wrong, or probably not meant. */
export interface LintFinding extends SourceLocation {
  readonly code: LintCode;
  /** `error` for what the service refuses, and for what hides whether it would. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Of what is unresolved: the parameter that would say it, if one would. */
  readonly parameter?: string | undefined;
}

/** What the service would refuse of a template, and what it would take and do nothing good with; in the order of the text. */
export function lintTemplate({ rules, problems }: CheckedTemplate): readonly LintFinding[] {
  const refused = problems.map(refusal);
  const found = [...rules.flatMap(lintRule), ...twins(rules)];
  return [...refused, ...found].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

const tooMany = 'The requested resource exceeds the maximum number allowed.';

function refusal(problem: TemplateProblem): LintFinding {
  const { code, message, ...location } = problem;
  const isSixth = message === tooMany && /\.Targets\[\d+\]$/.test(location.path);
  return {
    ...location,
    code: code ?? 'refused',
    severity: 'error',
    message: isSixth ? `${tooMany} A rule has five targets at most.` : shortened(message),
  };
}

const maxMessageLength = 600;

/** Some sentences of the service have the whole refused value in them. */
function shortened(message: string): string {
  if (message.length <= maxMessageLength) return message;
  return `${message.slice(0, maxMessageLength / 2)} … ${message.slice(-maxMessageLength / 2)}`;
}

function lintRule(rule: CheckedRule): LintFinding[] {
  const { eventPattern, location, patternLocation, targets } = rule;
  const findings: LintFinding[] = [];
  const warn = (at: SourceLocation, code: LintCode, message: string) => {
    findings.push({ ...at, code, severity: 'warning', message });
  };
  const reason = eventPattern === undefined ? undefined : unmatchableReason(requirePattern(eventPattern).conditions);
  if (reason !== undefined && rule.scheduleExpression === undefined) {
    warn(patternLocation ?? location, 'never-matches', `${reason}, so this never matches`);
  }
  if (targets.length === 0) warn(location, 'no-target', `rule ${nameOf(rule)} has no target`);
  const unguarded = targets.filter(({ record }) => record.DeadLetterConfig?.Arn === undefined);
  const [first, ...others] = unguarded;
  if (first !== undefined) {
    const which = targets.length === 1 ? '' : ` for ${unguarded.map(({ id }) => id).join(', ')}`;
    const at = others.length === 0 ? first.location : location;
    warn(at, 'no-dead-letter-queue', `rule ${nameOf(rule)} has no dead-letter queue${which}`);
  }
  return findings;
}

/** Two rules of one bus that say the same: what they have in common as target gets each event twice. */
function twins(rules: readonly CheckedRule[]): LintFinding[] {
  const seen = new Map<string, CheckedRule>();
  const findings: LintFinding[] = [];
  for (const rule of rules) {
    if (rule.eventPattern === undefined || rule.state === 'DISABLED') continue;
    const key = `${rule.bus}\n${sorted(rule.eventPattern)}`;
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, rule);
      continue;
    }
    const common = rule.targets.filter(({ arn }) => before.targets.some((target) => target.arn === arn));
    // They have different targets, more than one rule can have.
    if (common.length === 0 && rule.targets.length + before.targets.length > defaultLimits.targetsPerRule) continue;
    const twice = common.map(({ logicalId, arn }) => logicalId ?? arn).join(', ');
    const effect = twice === '' ? 'one rule can have the targets of both' : `${twice} gets each event twice`;
    findings.push({
      ...(rule.patternLocation ?? rule.location),
      code: 'duplicate-rule',
      severity: 'warning',
      message: `rule ${nameOf(rule)} has the pattern of ${nameOf(before)} (${formatLocation(before.location)}): ${effect}`,
    });
  }
  return findings;
}

function nameOf({ names, logicalId }: CheckedRule): string {
  return names[0] ?? logicalId;
}

/** A pattern's text with its members and lists in one order. */
function sorted(pattern: string): string {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value
        .map(sort)
        .map((item) => JSON.stringify(item))
        .sort();
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, inner]) => [name, sort(inner)] as const);
    return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(sort(JSON.parse(pattern)));
}
