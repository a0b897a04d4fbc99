import { parseArn } from '../base/arn.js';
import { invalid } from '../base/service-error.js';
import { isArray } from '../base/unknown-value.js';

/** A resource-based policy, as IAM has it: of a queue, a topic or a function. */
export interface ResourcePolicy {
  readonly Version?: string | undefined;
  readonly Id?: string | undefined;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** One statement of a policy. */
export interface PolicyStatement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly Action?: string | readonly string[] | undefined;
  readonly NotAction?: string | readonly string[] | undefined;
  readonly Resource?: string | readonly string[] | undefined;
  readonly NotResource?: string | readonly string[] | undefined;
  readonly Condition?:
    | Readonly<Record<string, Readonly<Record<string, string | boolean | readonly string[]>>>>
    | undefined;
}

/** A call that EventBridge makes to deliver an event, as itself or in a role. */
export interface PolicyCall {
  readonly action: string;
  readonly resource: string;
  /** ARN of the role of the target. */
  readonly role: string | undefined;
  readonly ruleArn: string;
}

export type PolicyDecision = 'allowed' | 'not-allowed' | 'denied';

/** The policies of resources that have one, by ARN. A resource without a policy is open. */
export class ResourcePolicies {
  readonly #policies = new Map<string, ResourcePolicy>();

  get isEmpty(): boolean {
    return this.#policies.size === 0;
  }

  /** Throws a ValidationException for what is not a policy. */
  set(arn: string, policy: string | object): void {
    this.#policies.set(arn, readPolicy(policy));
  }

  decide(call: PolicyCall): PolicyDecision {
    const policy = this.#policies.get(call.resource);
    return policy === undefined ? 'allowed' : decide(policy, call);
  }

  save(): Record<string, string> {
    return Object.fromEntries(Array.from(this.#policies, ([arn, policy]) => [arn, JSON.stringify(policy)]));
  }

  load(policies: Readonly<Record<string, string>>): void {
    for (const [arn, policy] of Object.entries(policies)) this.set(arn, policy);
  }
}

/** A role needs no resource policy to allow it: Footbridge takes it that the role's own policy does. */
function decide(policy: ResourcePolicy, call: PolicyCall): PolicyDecision {
  const applying = toList(policy.Statement).filter((statement) => applies(statement, call));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return call.role !== undefined || applying.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'not-allowed';
}

function applies(statement: PolicyStatement, call: PolicyCall): boolean {
  const { Principal, Action, NotAction, Resource, NotResource, Condition } = statement;
  const isOf = (patterns: string | readonly string[], text: string) =>
    toList(patterns).some((pattern) => like(pattern.toLowerCase(), text.toLowerCase()));
  return (
    Principal !== undefined &&
    isPrincipal(Principal, call.role) &&
    (Action === undefined ? NotAction !== undefined && !isOf(NotAction, call.action) : isOf(Action, call.action)) &&
    (Resource === undefined || toList(Resource).some((pattern) => like(pattern, call.resource))) &&
    (NotResource === undefined || !toList(NotResource).some((pattern) => like(pattern, call.resource))) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, toList(values).map(String), contextOf(call)[key.toLowerCase()]),
      ),
    )
  );
}

function isPrincipal(principal: NonNullable<PolicyStatement['Principal']>, role: string | undefined): boolean {
  if (principal === '*') return true;
  const { AWS = [], Service = [] } = principal;
  if (toList(AWS).includes('*')) return true;
  if (role === undefined) return toList(Service).includes('events.amazonaws.com');
  const account = parseArn(role)?.account;
  return toList(AWS).some(
    (one) => one === role || one === account || (/:root$/.test(one) && parseArn(one)?.account === account),
  );
}

/** The condition keys that were captured, in small letters. */
function contextOf({ role, ruleArn }: PolicyCall): Readonly<Record<string, string | undefined>> {
  const source = { 'aws:sourcearn': ruleArn, 'aws:sourceaccount': parseArn(ruleArn)?.account };
  return role === undefined
    ? { ...source, 'aws:principalservicename': 'events.amazonaws.com', 'aws:principalisawsservice': 'true' }
    : { ...source, 'aws:principalarn': role, 'aws:principaltype': 'AssumedRole', 'aws:principalisawsservice': 'false' };
}

type Comparison = (expected: string, actual: string) => boolean;

const equal: Comparison = (expected, actual) => expected === actual;
const equalIgnoreCase: Comparison = (expected, actual) => expected.toLowerCase() === actual.toLowerCase();

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['StringEquals', equal],
  ['StringEqualsIgnoreCase', equalIgnoreCase],
  ['StringLike', like],
  ['ArnEquals', like],
  ['ArnLike', like],
  ['Bool', equalIgnoreCase],
]);

const operatorShape = /^(?:ForAnyValue:|ForAllValues:)?(String|Arn)?(Not)?(\w*?)(IfExists)?$/;

function readOperator(operator: string) {
  const [, type = '', not, rest = '', ifExists] = operatorShape.exec(operator) ?? [];
  return { compare: comparisons.get(type + rest), isNegated: not !== undefined, ifExists: ifExists !== undefined };
}

function holds(operator: string, expected: readonly string[], actual: string | undefined): boolean {
  if (operator === 'Null') return expected.includes(String(actual === undefined));
  const { compare, isNegated, ifExists } = readOperator(operator);
  if (actual === undefined) return isNegated || ifExists;
  return expected.some((one) => compare?.(one, actual)) !== isNegated;
}

/** `*` stands for any text and `?` for one character. Linear but for backtracking to the last `*`. */
function like(pattern: string, text: string): boolean {
  let [at, position, star, retry] = [0, 0, -1, 0];
  while (position < text.length) {
    const character = pattern[at];
    if (character === '*') {
      star = at++;
      retry = position;
    } else if (character === '?' || character === text[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++retry;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

function readPolicy(input: string | object): ResourcePolicy {
  let policy: ResourcePolicy | null;
  try {
    policy = JSON.parse(typeof input === 'string' ? input : JSON.stringify(input));
  } catch {
    throw invalid('policy must be a resource-based policy or its JSON text.');
  }
  const statements = toList(policy?.Statement ?? []) as readonly unknown[];
  if (typeof policy !== 'object' || policy === null || statements.length === 0) {
    throw invalid('policy must have a Statement.');
  }
  for (const statement of statements) checkStatement(statement);
  return policy;
}

function checkStatement(input: unknown): void {
  const statement = input as PolicyStatement | null;
  if (statement?.Effect !== 'Allow' && statement?.Effect !== 'Deny') {
    throw invalid('policy: the Effect of each statement must be "Allow" or "Deny".');
  }
  const { Principal, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && !isArray(value);
  const areTexts = (value: unknown) => value === undefined || toList(value).every((one) => typeof one === 'string');
  if (Principal !== '*' && !(isMap(Principal) && Object.values(Principal as object).every(areTexts))) {
    throw invalid(
      'policy: the Principal of each statement must be "*" or such as {"Service": "events.amazonaws.com"}.',
    );
  }
  if ((Action ?? NotAction) === undefined || ![Action, NotAction, Resource, NotResource].every(areTexts)) {
    throw invalid('policy: Action and Resource of each statement must be a string or a list of strings.');
  }
  if (!isMap(Condition)) throw invalid('policy: Condition must be an object.');
  for (const [operator, keys] of Object.entries(Condition)) {
    if (operator !== 'Null' && readOperator(operator).compare === undefined) {
      throw invalid(`policy: the condition operator ${operator} is not supported.`);
    }
    if (!isMap(keys)) throw invalid(`policy: the condition ${operator} must be an object.`);
  }
}

function toList<Item>(value: Item | readonly Item[]): readonly Item[] {
  return isArray(value) ? (value as readonly Item[]) : [value as Item];
}
