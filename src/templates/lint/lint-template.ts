import { defaultLimits } from '../../bridge/create-bridge.js';
import { parsePattern } from '../../patterns/language/parse-pattern.js';
import type { RuleDraft } from '../deploy/deployment.js';
import { getMember, nodeJson, nodeText, type TemplateNode } from '../document/template-node.js';
import { formatLocation, type SourceLocation, type TemplateProblem } from '../document/template-problem.js';
import { lintBusPolicies } from './bus-policy-findings.js';
import type { CheckedRule, CheckedTemplate } from './check-template.js';
import { type LintCode, type LintFinding, offByDefault, type Warn } from './findings.js';
import { patternNode } from './pattern-fields.js';
import { lintPattern } from './pattern-findings.js';
import { lintSources } from './source-findings.js';
import { readSuppressions } from './suppressions.js';
import { lintTargets, targetContext } from './target-findings.js';
import { unmatchableReason } from './unmatchable-reason.js';

/** Which warnings are reported. */
export interface LintOptions {
  /** Warnings that are off by default. */
  readonly enabled?: ReadonlySet<LintCode>;
  readonly ignored?: ReadonlySet<LintCode>;
}

/** What the service would reject of a template, and what it would accept although nothing good comes of it; in the order of the text. */
export function lintTemplate(template: CheckedTemplate, options: LintOptions = {}): readonly LintFinding[] {
  const { text, rules, drafts, resources, resolver, problems, notes } = template;
  const found: LintFinding[] = [...problems.map(rejection), ...notes.map(note)];
  const warn: Warn = (at, code, message) => {
    found.push({ ...at, code, severity: 'warning', message });
  };
  const forwarded = new Set(rules.flatMap(({ targets }) => targets.map(({ arn }) => busOfArn(arn))));
  const context = resolver && template.format !== 'terraform' ? targetContext(resolver, resources) : undefined;
  for (const draft of drafts) {
    lintMatch(draft, warn);
    lintPattern(draft, warn);
    lintSources(draft, forwarded, warn);
    if (context !== undefined) lintTargets(context, draft, warn);
  }
  if (resolver !== undefined) lintBusPolicies(resolver, resources, warn);
  for (const rule of rules) lintTargetList(rule, warn);
  found.push(...duplicates(rules));
  const isSuppressed = readSuppressions(text, resolver?.template.resources.values() ?? []);
  const { enabled = none, ignored = none } = options;
  return found
    .filter(
      ({ code, severity }) =>
        severity === 'error' || !(ignored.has(code) || (offByDefault.has(code) && !enabled.has(code))),
    )
    .filter((finding) => !isSuppressed(finding))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

const none: ReadonlySet<LintCode> = new Set();

function busOfArn(arn: string): string {
  return /:event-bus\/(.+)$/.exec(arn)?.[1] ?? '';
}

const tooManyTargets = 'The requested resource exceeds the maximum number allowed.';

function rejection(problem: TemplateProblem): LintFinding {
  const { code, message, ...location } = problem;
  const isSixth = message === tooManyTargets && /\.Targets\[\d+\]$/.test(location.path);
  return {
    ...location,
    code: code ?? 'refused',
    severity: 'error',
    message: isSixth ? `${tooManyTargets} A rule has five targets at most.` : shortened(message),
  };
}

/** A value that only AWS knows; it is opaque, so that everything else is checked. */
function note({ code: _, message, ...location }: TemplateProblem): LintFinding {
  return { ...location, code: 'unresolved', severity: 'note', message };
}

const maxMessageLength = 600;

/** Some sentences of the service contain the whole rejected value. */
function shortened(message: string): string {
  if (message.length <= maxMessageLength) return message;
  return `${message.slice(0, maxMessageLength / 2)} … ${message.slice(-maxMessageLength / 2)}`;
}

function lintMatch({ properties, resource }: RuleDraft, warn: Warn): void {
  const written = getMember(properties, 'EventPattern');
  if (written === undefined || getMember(properties, 'ScheduleExpression') !== undefined) return;
  const reason =
    reasonOf(written.kind === 'scalar' ? (nodeText(written) ?? '') : nodeJson(written)) ?? reasonOfParts(written);
  if (reason !== undefined) {
    const at = properties.members.get('EventPattern')?.value.location ?? resource.location;
    warn(at, 'never-matches', `${reason}, so this never matches`);
  }
}

function reasonOf(json: string): string | undefined {
  const parsed = parsePattern(json);
  return parsed.ok ? unmatchableReason(parsed.pattern.conditions) : undefined;
}

/** Of an invalid pattern, what its valid members say. */
function reasonOfParts(written: TemplateNode): string | undefined {
  const pattern = patternNode(written);
  for (const [name, { value }] of pattern?.kind === 'map' ? pattern.members : []) {
    const reason = reasonOf(`{${JSON.stringify(name)}:${nodeJson(value)}}`);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function lintTargetList(rule: CheckedRule, warn: Warn): void {
  const { location, targets } = rule;
  if (targets.length === 0) warn(location, 'no-target', `rule ${nameOf(rule)} has no target`);
  const without = targets.filter(({ record }) => record.DeadLetterConfig?.Arn === undefined);
  const [first, ...others] = without;
  if (first === undefined) return;
  const which = targets.length === 1 ? '' : ` for ${without.map(({ id }) => id).join(', ')}`;
  const at: SourceLocation = others.length === 0 ? first.location : location;
  warn(at, 'no-dead-letter-queue', `rule ${nameOf(rule)} has no dead-letter queue${which}`);
}

/** Two rules of one bus that say the same: what they have in common as target gets each event twice. */
function duplicates(rules: readonly CheckedRule[]): LintFinding[] {
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
