import { isArray } from '../../base/unknown-value.js';
import { envelopeMembers } from '../../events/envelope.js';
import type { PatternIssue } from '../../patterns/language/parse-pattern.js';
import type { Conditions } from '../../patterns/language/pattern.js';
import { paragraph, truncate, width } from '../layout.js';
import { type MatcherCall, usageError } from '../matcher-call.js';
import { isAsymmetric, memberPath } from './plain-values.js';

/** Returns an error that says why this is not a pattern and, if it has plain values, which matcher takes those. */
export function invalidPattern(call: MatcherCall, pattern: unknown, issue: PatternIssue): Error {
  const matcherPath = pathOfMatcher(pattern, issue.path);
  if (matcherPath !== undefined) return invalidMatcher(call, matcherPath);
  const values = plainValues(pattern, issue);
  // For the most frequent mistake the title shows the call as it was written.
  const title = values === undefined ? call.title : call.title.replace('(pattern', () => `(${values}`);
  const advice = `To compare with plain values use toHaveReceivedEventWith(${values})`;
  const lines = values !== undefined && takesValues(call) ? [nonBreaking(advice)] : [];
  return usageError({ title }, [describeMistake(pattern, issue), ...lines].join('\n'));
}

function takesValues({ matcher }: MatcherCall): boolean {
  return matcher.includes('ReceivedEvent') || matcher.includes('ReceiveEvent');
}

/** Does not describe the members of the asymmetric matcher: they are not the mistake. */
function invalidMatcher(call: MatcherCall, path: string): Error {
  const what = path === '' ? 'it is' : `${truncate(path, 200)} is`;
  const advice = takesValues(call)
    ? ' To compare with plain values and such matchers use toHaveReceivedEventWith(…).'
    : '';
  return usageError(
    call,
    paragraph(`This is not an event pattern: ${what} an asymmetric matcher, such as expect.any(String).${advice}`),
  );
}

/** Returns the path of an asymmetric matcher on the way to the mistake; empty for the pattern itself. */
function pathOfMatcher(pattern: unknown, path: string): string | undefined {
  const names = path.split('.');
  let at = pattern;
  for (let depth = 0; ; depth++) {
    if (isAsymmetric(at)) return names.slice(0, depth).join('.');
    const name = names[depth];
    if (name === undefined || typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
}

export function describeMistake(pattern: unknown, issue: PatternIssue): string {
  const value = plainValue(pattern, issue);
  if (value !== undefined) {
    return paragraph(`This is not an event pattern: ${issue.path} must be an array, e.g. [${formatShort(value)}].`);
  }
  if (isDefinition(pattern)) {
    return paragraph('This is not an event pattern but a defined event: pass its pattern, as in OrderPlaced.pattern.');
  }
  if (typeof pattern === 'string' && !/^\s*[{[]/.test(pattern)) {
    const shown = formatShort(pattern);
    return paragraph(
      `This is not an event pattern: ${shown} is not JSON. To match it as detail-type use \`{ "detail-type": [${shown}] }\`.`,
    );
  }
  return paragraph(`This is not an event pattern: ${truncate(reasonOf(pattern, issue), 600)}`);
}

/** Returns AWS's sentence. Its line and column only help if the pattern was given as text. */
function reasonOf(pattern: unknown, { message, path }: PatternIssue): string {
  const reason = message.replace('Event pattern is not valid. Reason: ', '');
  if (typeof pattern === 'string') return reason;
  return `${reason.replace(/\s+at \[Source: .*\]$/s, '')}${path === '' ? '' : `, at ${path}`}`;
}

function isDefinition(value: unknown): boolean {
  return typeof value === 'function' && 'pattern' in value && 'detailType' in value;
}

/**
 * Throws for a pattern that no event of a bridge can match, so that `.not` would always hold. A matcher that is given the event
 * itself accepts any members.
 */
export function assertMatchable(call: MatcherCall, pattern: unknown, { fields }: Conditions): void {
  const undefinedPath = undefinedElementPath(pattern, '', 0);
  if (undefinedPath !== undefined) {
    throw usageError(
      call,
      paragraph(
        `This is not an event pattern: ${truncate(undefinedPath, 200)} is undefined, and in a list that means null.`,
      ),
    );
  }
  if (call.matcher === 'toMatchEventPattern' || call.matcher === 'eventMatching') return;
  for (const { path, matchers } of fields) {
    const [name = ''] = path.split('.');
    if (
      intendedMember(name) !== undefined &&
      !matchers.some((matcher) => matcher.kind === 'exists' && !matcher.operand)
    ) {
      throw usageError(call, paragraph(describeUnknownMember(name)));
    }
  }
}

const maxDepth = 50;

/** Returns the path of an element of a list that is undefined. */
function undefinedElementPath(value: unknown, path: string, depth: number): string | undefined {
  if (depth > maxDepth || typeof value !== 'object' || value === null || 'toJSON' in value) return undefined;
  const isList = isArray(value);
  for (const [name, member] of Object.entries(value)) {
    const here = isList ? `${path}[${name}]` : memberPath(path, name);
    if (isList && member === undefined) return here;
    const found = undefinedElementPath(member, here, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const operators = ['prefix', 'suffix', 'numeric', 'wildcard', 'cidr', 'anything-but', 'equals-ignore-case'];

/** A field named like an operator is valid but rarely intended. */
export function operatorAdvice({ fields }: Conditions): string | undefined {
  const names = fields.map(({ path }) => path.split('.'));
  const [field = '', operator = ''] = names.find((path) => operators.includes(path.at(-1) ?? ''))?.slice(-2) ?? [];
  return field === ''
    ? undefined
    : `An operator must be in a list: \`${field}: [{ ${JSON.stringify(operator)}: … }]\`.`;
}

/** Puts code that does not fit on a line of its own, so that it can be copied. */
function nonBreaking(advice: string): string {
  return advice.length > width ? advice.replace(' use ', ' use\n') : advice;
}

function plainValues(pattern: unknown, issue: PatternIssue): string | undefined {
  const value = plainValue(pattern, issue);
  return value === undefined ? undefined : formatObject(issue.path, value);
}

/** Returns the scalar where an array is required. */
function plainValue(pattern: unknown, { code, path }: PatternIssue): unknown {
  return code === 'invalid-field' ? valueAt(pattern, path) : undefined;
}

/** Returns the value at a path, unless a name in the path has a dot in it. */
function valueAt(pattern: unknown, path: string): unknown {
  let at: unknown = pattern;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || isArray(at) || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function formatShort(value: unknown): string {
  return truncate(JSON.stringify(value) ?? String(value), 40);
}

function formatObject(path: string, value: unknown): string {
  const names = path.split('.');
  const open = names.map((name) => `{ ${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: `);
  return `${open.join('')}${formatShort(value)}${' }'.repeat(names.length)}`;
}

/** Returns a name without case and separators, to compare spellings. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** Returns the member of an event that a name spells differently: `detail-type` for `detailType` and `DetailType`. */
function intendedMember(name: string): string | undefined {
  const normalized = normalizeName(name);
  return envelopeMembers.find((member) => member !== name && normalizeName(member) === normalized);
}

/** Returns a sentence about a member that no event has: its correct name, or the names that exist. */
export function describeUnknownMember(name: string): string {
  const intended = intendedMember(name);
  const instead =
    intended === undefined ? `It has ${envelopeMembers.slice(1, 4).join(', ')} and so on.` : `Use ${intended}.`;
  return `An event has no member ${JSON.stringify(truncate(name, 40))}. ${instead}`;
}
