import { invalid, isServiceError, ServiceError } from '../../base/service-error.js';
import { describeValue, isArray } from '../../base/unknown-value.js';
import { type CompiledPattern, compilePattern } from '../../patterns/reference/compile-pattern.js';
import type { SourceLocation } from '../document/template-problem.js';

/** A rule: of a template, as in `stack.rules`, or from another source. */
export interface ContractRule {
  /** Name of the rule. */
  readonly name: string;
  /** Name or ARN of its bus; `default` if absent. */
  readonly bus?: string | undefined;
  /** A rule without a pattern is left out. */
  readonly eventPattern?: string | object | undefined;
  /** A rule that is `DISABLED` is left out. */
  readonly state?: string | undefined;
  /** What its template calls it. */
  readonly logicalId?: string | undefined;
  /** Its names in the template, the logical id first. */
  readonly names?: readonly string[] | undefined;
  /** Where it stands. */
  readonly location?: SourceLocation | undefined;
}

/** A rule that events are compared with. */
export interface ComparedRule {
  readonly rule: ContractRule;
  /** Name of its bus. */
  readonly bus: string;
  readonly pattern: CompiledPattern;
  /** The pattern's JSON text. */
  readonly text: string;
}

const texts = ['bus', 'state', 'logicalId'] as const;

/**
 * Reads a rule, each member once. Returns `undefined` for one that is left out. Throws a ValidationException for an invalid rule, and
 * `InvalidEventPatternException` for an invalid pattern, both with its place among the rules.
 */
export function comparedRule(given: ContractRule, index: number): ComparedRule | undefined {
  const label = `rules[${index}]`;
  let rule: ContractRule;
  try {
    const { name, bus, eventPattern, state, logicalId, names, location } = given;
    rule = {
      name,
      bus,
      eventPattern,
      state,
      logicalId,
      names: names && [...names],
      location: location && { ...location },
    };
  } catch {
    throw invalid(`${label} cannot be read as a rule.`);
  }
  requireRule(rule, label);
  const { name, bus = 'default', eventPattern, state } = rule;
  if (eventPattern === undefined || state === 'DISABLED') return undefined;
  try {
    const text = typeof eventPattern === 'string' ? eventPattern : JSON.stringify(eventPattern);
    return { rule, bus: bus.replace(/^arn:.*:event-bus\//, ''), pattern: compilePattern(eventPattern), text };
  } catch (error) {
    if (!isServiceError(error)) throw invalid(`${label}: its eventPattern cannot be serialized to JSON.`);
    throw new ServiceError(error.name, `${label}, ${JSON.stringify(name)}: ${error.message}`);
  }
}

function requireRule(rule: ContractRule, label: string): void {
  if (typeof rule.name !== 'string') throw invalid(`${label} must be an object with a name.`);
  for (const name of texts) {
    const value: unknown = rule[name];
    if (value === undefined || typeof value === 'string') continue;
    throw invalid(`${label}: its ${name} must be a string, but is ${describeValue(value)}.`);
  }
  if (rule.names === undefined || (isArray(rule.names) && rule.names.every((name) => typeof name === 'string'))) return;
  throw invalid(`${label}: its names must be strings.`);
}
