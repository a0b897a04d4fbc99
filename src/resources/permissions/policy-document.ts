import { parseArn, partitionForRegion } from '../../base/arn.js';
import { endOfString, exceedsDepth } from '../../base/json/json-text.js';
import { invalid } from '../../base/service-error.js';
import type { BusRecord } from '../event-buses/event-bus-record.js';

/** A policy document. */
export interface PolicyDocument {
  readonly Version?: unknown;
  readonly Statement?: unknown;
}

interface Statement {
  readonly Sid?: unknown;
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

const maxPolicyDepth = 100;
const prohibited = ['NotAction', 'NotResource', 'NotPrincipal'];
const required = ['Sid', 'Effect', 'Principal', 'Action', 'Resource'];

/** What the policy of a bus can allow. Captured is that PutPermission and RemovePermission are not among them; the rest is documented. */
const actions = [
  'DeleteRule',
  'DescribeEventBus',
  'DescribeRule',
  'DisableRule',
  'EnableRule',
  'ListRuleNamesByTarget',
  'ListRules',
  'ListTagsForResource',
  'ListTargetsByRule',
  'PutEvents',
  'PutRule',
  'PutTargets',
  'RemoveTargets',
  'TagResource',
  'UntagResource',
];

/**
 * The text of a whole policy as AWS keeps it: without blanks, its statements in a list, and the id of an account as the ARN of its
 * root. Throws AWS's ValidationException; where a policy has several faults, which of them is told is Footbridge's choice.
 */
export function normalizedPolicy(text: string, bus: BusRecord): string {
  const document = readPolicy(text);
  const statements = statementsOf(document);
  if (document.Statement === undefined) throw invalid('Missing required field Statement');
  if (statements.length === 0) throw invalid('Could not parse the policy: Statement is empty!');
  for (const statement of statements) checkFields(statement);
  const atStatement = (index: number, reason: string) =>
    invalid(`Invalid statement at ${statementLocation(text, index)}: ${reason}`);
  for (const [index, statement] of (statements as readonly Statement[]).entries()) {
    const twice = statements.findIndex((other) => sidOf(other) === statement.Sid) < index;
    if (twice) throw atStatement(index, 'The Statement Ids in the policy are not unique');
    const problem = actionProblem(textsOf(statement.Action));
    if (problem !== undefined) throw atStatement(index, problem);
    for (const resource of textsOf(statement.Resource)) checkResource(resource, bus);
  }
  return JSON.stringify({
    ...document,
    Statement: (statements as readonly Statement[]).map((statement) => withRootArns(statement, bus)),
  });
}

function readPolicy(text: string): PolicyDocument {
  let document: unknown;
  try {
    document = exceedsDepth(text, maxPolicyDepth) ? undefined : JSON.parse(text);
  } catch {
    document = undefined;
  }
  if (document === undefined) throw invalid('This policy contains invalid Json');
  if (!isObject(document)) throw invalid('This text appears not to be a policy');
  return document;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkFields(statement: unknown): void {
  if (!isObject(statement)) throw invalid('This text appears not to be a policy');
  const field = prohibited.find((name) => Object.hasOwn(statement, name));
  if (field !== undefined) throw invalid(`Has prohibited field ${field}`);
  const missing = required.find((name) => !Object.hasOwn(statement, name));
  if (missing !== undefined) throw invalid(`Missing required field ${missing}`);
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function actionProblem(given: readonly string[]): string | undefined {
  if (given.some((action) => action !== '*' && !/^events:/iu.test(action))) {
    return 'Action field includes AWS services that are inconsistent with specified vendor';
  }
  const unknown = given.filter(
    (action) => action !== '*' && !actions.some((known) => matches(action, `events:${known}`)),
  );
  if (unknown.length === 0) return undefined;
  return `The following action names are invalid: ${unknown.map((action) => JSON.stringify(action)).join(', ')}`;
}

/** `*` stands for any characters, `?` for one. Case does not matter. */
function matches(action: string, known: string): boolean {
  const pattern = action
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return action.length <= maxActionLength && new RegExp(`^${pattern}$`, 'i').test(known);
}

const maxActionLength = 128;

/** Captured for the account, called namespace, and for the relative id; the other two sentences are built like these. */
function checkResource(resource: string, { Name, Arn }: BusRecord): void {
  if (resource === '*') return;
  const invalidPart = (part: string, value: string) =>
    invalid(`The ${part} "${value}" is invalid for ARN "${resource}"`);
  const own = parseArn(Arn) as NonNullable<ReturnType<typeof parseArn>>;
  const [prefix, partition = '', vendor = '', region = '', namespace = '', ...rest] = resource.split(':');
  const relativeId = rest.join(':');
  if (prefix !== 'arn' || (partition !== '*' && partition !== partitionForRegion(own.region))) {
    throw invalidPart('partition', partition);
  }
  if (vendor !== own.service) throw invalidPart('vendor', vendor);
  if (region !== '*' && region !== own.region) throw invalidPart('region', region);
  if (namespace !== own.account) throw invalidPart('namespace', namespace);
  const rules = Name === 'default' ? 'rule/' : `rule/${Name}/`;
  if (relativeId !== own.resource && !relativeId.startsWith(rules)) throw invalidPart('relative-id', relativeId);
}

function withRootArns(statement: Statement, { Arn }: BusRecord): Statement {
  const { Principal } = statement;
  if (!isObject(Principal) || !Object.hasOwn(Principal, 'AWS')) return statement;
  const { AWS } = Principal as { readonly AWS: unknown };
  const root = (principal: unknown) =>
    typeof principal === 'string' && /^\d{12}$/.test(principal) ? rootArn(Arn, principal) : principal;
  return { ...statement, Principal: { ...Principal, AWS: Array.isArray(AWS) ? AWS.map(root) : root(AWS) } };
}

/** The ARN of an account, in the partition of this ARN. */
export function rootArn(arn: string, account: string): string {
  return `arn:${arn.split(':')[1]}:iam::${account}:root`;
}

/** The document of a bus; an empty one if it has none. */
export function documentOf({ Policy }: BusRecord): PolicyDocument {
  return Policy === undefined ? { Version: '2012-10-17' } : JSON.parse(Policy);
}

/** A document may have one statement that does not stand in a list. */
export function statementsOf({ Statement }: PolicyDocument): readonly unknown[] {
  if (Statement === undefined) return [];
  return Array.isArray(Statement) ? Statement : [Statement];
}

export function sidOf(statement: unknown): unknown {
  return (statement as { readonly Sid?: unknown } | null)?.Sid;
}

/** Of a statement of valid JSON, `line 1 column 38`: the location right after what comes before it, as captured for two of them. */
function statementLocation(text: string, index: number): string {
  let found = 0;
  let depth = 0;
  let after = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    const isStatement = character === '{' && (depth === 1 || (depth === 2 && text.charAt(after - 1) !== ':'));
    if (isStatement && found++ === index) break;
    if (character === '{' || character === '[') depth++;
    if (character === '}' || character === ']') depth--;
    if (!/[\s,]/u.test(character)) after = at + 1;
  }
  const lines = text.slice(0, after).split('\n');
  return `line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
