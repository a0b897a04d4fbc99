import { isArray } from '../../base/unknown-value.js';
import { envelopeMembers } from '../../events/envelope.js';
import type { PatternIssue } from '../../patterns/language/parse-pattern.js';
import type { Conditions } from '../../patterns/language/pattern.js';
import { cut, paragraph, width } from '../layout.js';
import { type Call, misuse } from '../matcher-call.js';
import { isAsymmetric, memberPath } from './plain-values.js';

/** Throws, for what is no pattern, what is wrong with it, and where plain values were given, which matcher takes them. */
export function mistaken(call: Call, pattern: unknown, issue: PatternIssue): Error {
  const matcherPath = pathOfMatcher(pattern, issue.path);
  if (matcherPath !== undefined) return mistakenMatcher(call, matcherPath);
  const values = plainValues(pattern, issue);
  // Of the mistake of the first five minutes, the call as it was written.
  const title = values === undefined ? call.title : call.title.replace('(pattern', () => `(${values}`);
  const advice = `To compare with plain values use toHaveReceivedEventWith(${values})`;
  const lines = values !== undefined && takesValues(call) ? [unbroken(advice)] : [];
  return misuse({ title }, [describeMistake(pattern, issue), ...lines].join('\n'));
}

function takesValues({ matcher }: Call): boolean {
  return matcher.includes('ReceivedEvent') || matcher.includes('ReceiveEvent');
}

/** Its members are no part of what was meant. */
function mistakenMatcher(call: Call, path: string): Error {
  const what = path === '' ? 'it is' : `${cut(path, 200)} is`;
  const advice = takesValues(call)
    ? ' To compare with plain values and such matchers use toHaveReceivedEventWith(…).'
    : '';
  return misuse(
    call,
    paragraph(`This is not an event pattern: ${what} an asymmetric matcher, as expect.any() makes them.${advice}`),
  );
}

/** Where on the way to the mistake an asymmetric matcher stands; the pattern itself is at the empty path. */
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
    return paragraph(`This is not an event pattern: ${issue.path} must be an array, e.g. [${showShort(value)}].`);
  }
  if (isDefinition(pattern)) {
    return paragraph('This is not an event pattern but a defined event: give its pattern, as in OrderPlaced.pattern.');
  }
  if (typeof pattern === 'string' && !/^\s*[{[]/.test(pattern)) {
    const shown = showShort(pattern);
    return paragraph(
      `This is not an event pattern: ${shown} is no JSON. As a detail-type it is \`{ "detail-type": [${shown}] }\`.`,
    );
  }
  return paragraph(`This is not an event pattern: ${cut(reasonOf(pattern, issue), 600)}`);
}

/** The service's sentence. What it says of lines and columns is of use for a text only. */
function reasonOf(pattern: unknown, { message, path }: PatternIssue): string {
  const reason = message.replace('Event pattern is not valid. Reason: ', '');
  if (typeof pattern === 'string') return reason;
  return `${reason.replace(/\s+at \[Source: .*\]$/s, '')}${path === '' ? '' : `, at ${path}`}`;
}

function isDefinition(value: unknown): boolean {
  return typeof value === 'function' && 'pattern' in value && 'detailType' in value;
}

/**
 * Throws for what is a pattern and can match no event of a bridge: `.not` would always hold of it. Whatever is given as an
 * event may have other members.
 */
export function refuseMistakes(call: Call, pattern: unknown, { fields }: Conditions): void {
  const hole = pathOfHole(pattern, '', 0);
  if (hole !== undefined) {
    throw misuse(
      call,
      paragraph(`This is not an event pattern: ${cut(hole, 200)} is undefined, and in a list that means null.`),
    );
  }
  if (call.matcher === 'toMatchEventPattern' || call.matcher === 'eventMatching') return;
  for (const { path, matchers } of fields) {
    const [name = ''] = path.split('.');
    if (isMisspelt(name) && !matchers.some((matcher) => matcher.kind === 'exists' && !matcher.operand)) {
      throw misuse(call, paragraph(describeUnknownMember(name)));
    }
  }
}

const mostDepth = 50;

/** Where in a list something is undefined. */
function pathOfHole(value: unknown, path: string, depth: number): string | undefined {
  if (depth > mostDepth || typeof value !== 'object' || value === null || 'toJSON' in value) return undefined;
  const isList = isArray(value);
  for (const [name, member] of Object.entries(value)) {
    const here = isList ? `${path}[${name}]` : memberPath(path, name);
    if (isList && member === undefined) return here;
    const hole = pathOfHole(member, here, depth + 1);
    if (hole !== undefined) return hole;
  }
  return undefined;
}

const operators = ['prefix', 'suffix', 'numeric', 'wildcard', 'cidr', 'anything-but', 'equals-ignore-case'];

/** A field that is called like an operator is legal, and rarely meant. */
export function operatorAdvice({ fields }: Conditions): string | undefined {
  const names = fields.map(({ path }) => path.split('.'));
  const [field = '', operator = ''] = names.find((path) => operators.includes(path.at(-1) ?? ''))?.slice(-2) ?? [];
  return field === '' ? undefined : `An operator stands in a list: \`${field}: [{ ${JSON.stringify(operator)}: … }]\`.`;
}

/** Code is easier to copy from a line of its own. */
function unbroken(advice: string): string {
  return advice.length > width ? advice.replace(' use ', ' use\n') : advice;
}

function plainValues(pattern: unknown, issue: PatternIssue): string | undefined {
  const value = plainValue(pattern, issue);
  return value === undefined ? undefined : showObject(issue.path, value);
}

/** The scalar that stands where an array must. */
function plainValue(pattern: unknown, { code, path }: PatternIssue): unknown {
  return code === 'invalid-field' ? valueAt(pattern, path) : undefined;
}

/** What stands at a path of an object, unless a name on the way has a dot in it. */
function valueAt(pattern: unknown, path: string): unknown {
  let at: unknown = pattern;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || isArray(at) || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function showShort(value: unknown): string {
  return cut(JSON.stringify(value) ?? String(value), 40);
}

function showObject(path: string, value: unknown): string {
  const names = path.split('.');
  const open = names.map((name) => `{ ${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: `);
  return `${open.join('')}${showShort(value)}${' }'.repeat(names.length)}`;
}

/** What people write who have an entry of PutEvents or an event for `publish` before them. */
const otherNames: Readonly<Record<string, string>> = {
  detailType: 'detail-type',
  DetailType: 'detail-type',
  Source: 'source',
  Detail: 'detail',
  Time: 'time',
  Resources: 'resources',
};

/** A sentence about a member that no event has: what it is called, or which there are. */
export function describeUnknownMember(name: string): string {
  const meant = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
  const instead =
    meant === undefined ? `It has ${envelopeMembers.slice(1, 4).join(', ')} and so on.` : `It is called ${meant}.`;
  return `An event has no member ${JSON.stringify(cut(name, 40))}. ${instead}`;
}

/** Whether the name is that of a member in another spelling. */
export function isMisspelt(name: string): boolean {
  return Object.hasOwn(otherNames, name);
}
