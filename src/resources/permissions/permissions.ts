import { isDeeperThan } from '../../base/json/json-text.js';
import { invalid, ServiceError } from '../../base/service-error.js';
import type { OperationContext } from '../../core/old-context.js';
import { type EmptyResponse, resourceNotFound } from '../../core/responses.js';
import { boolean, namePattern, requests, string, structure } from '../../model/shape.js';
import type { BusRecord } from '../event-buses/event-bus-record.js';
import { findBus } from '../event-buses/find-record.js';

const ownBusName = string(1, 256, namePattern);
const statementId = string(1, 64, '[a-zA-Z0-9-_]+');

export const permissionShapes = requests({
  PutPermission: {
    EventBusName: ownBusName,
    Action: string(1, 64, 'events:[a-zA-Z]+'),
    Principal: string(1, 12, '(\\d{12}|\\*)'),
    StatementId: statementId,
    Condition: structure('Condition', { 'Type!': string(), 'Key!': string(), 'Value!': string() }),
    Policy: string(),
  },
  RemovePermission: {
    StatementId: statementId,
    RemoveAllPermissions: boolean,
    EventBusName: ownBusName,
  },
});

/** The input of PutPermission: a statement to add, or a whole policy. */
export interface PutPermissionRequest {
  /** `default` if absent. */
  readonly EventBusName?: string | undefined;
  /** `events:PutEvents`. */
  readonly Action?: string | undefined;
  /** An account, or `*`. */
  readonly Principal?: string | undefined;
  /** The statement's `Sid`. */
  readonly StatementId?: string | undefined;
  readonly Condition?: Condition | undefined;
  /** The text of a policy document, given alone. It replaces what the bus has. */
  readonly Policy?: string | undefined;
}

/** Which accounts the principal `*` stands for. */
export interface Condition {
  /** `StringEquals`. */
  readonly Type: string | undefined;
  /** `aws:PrincipalOrgID`. */
  readonly Key: string | undefined;
  /** The id of an organization. */
  readonly Value: string | undefined;
}

/** The input of RemovePermission. */
export interface RemovePermissionRequest {
  /** The `Sid` of the statement to remove. */
  readonly StatementId?: string | undefined;
  /** Removes the whole policy. */
  readonly RemoveAllPermissions?: boolean | undefined;
  /** `default` if absent. */
  readonly EventBusName?: string | undefined;
}

interface PolicyDocument {
  readonly Version?: unknown;
  readonly Statement?: unknown;
}

const maxPolicyDepth = 100;

/** Adds a statement to the policy of a bus, or replaces that of its Sid. The policy is kept and shown, not enforced. */
export function putPermission(context: OperationContext, input: PutPermissionRequest): EmptyResponse {
  const bus = findBus(context, input.EventBusName);
  const policy = input.Policy === undefined ? withStatement(bus, input) : givenPolicy(input.Policy, input);
  if (policy.length > context.limits.policyCharacters) {
    throw new ServiceError(
      'PolicyLengthExceededException',
      `The policy of event bus ${bus.Name} would have ${policy.length} characters; it may have ${context.limits.policyCharacters}.`,
    );
  }
  setPolicy(context, bus, policy);
  return {};
}

export function removePermission(context: OperationContext, input: RemovePermissionRequest): EmptyResponse {
  const { StatementId, RemoveAllPermissions } = input;
  const bus = findBus(context, input.EventBusName);
  if (RemoveAllPermissions) {
    if (bus.Policy !== undefined) setPolicy(context, bus, undefined);
    return {};
  }
  if (StatementId === undefined) throw invalid('Parameter StatementId is required.');
  const document = documentOf(bus);
  const before = statementsOf(document);
  const after = before.filter((statement) => sidOf(statement) !== StatementId);
  if (after.length === before.length) throw resourceNotFound('Statement with the provided id does not exist.');
  setPolicy(context, bus, after.length === 0 ? undefined : JSON.stringify({ ...document, Statement: after }));
  return {};
}

/** The order in which what is missing is named is the model's; the sentences are moto's, and those of conditions Footbridge's. */
function withStatement(bus: BusRecord, { Action, Principal, StatementId, Condition }: PutPermissionRequest): string {
  for (const [name, value] of Object.entries({ Action, Principal, StatementId })) {
    if (value === undefined) throw invalid(`Parameter ${name} must be specified.`);
  }
  if (Action !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
  if (Condition !== undefined) checkCondition(Condition, Principal);
  const statement = {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:${bus.Arn.split(':')[1]}:iam::${Principal}:root` },
    Action,
    Resource: bus.Arn,
    ...(Condition === undefined
      ? {}
      : { Condition: { [Condition.Type as string]: { [Condition.Key as string]: Condition.Value } } }),
  };
  const document = documentOf(bus);
  const statements = statementsOf(document);
  const index = statements.findIndex((other) => sidOf(other) === StatementId);
  const changed = index < 0 ? [...statements, statement] : statements.with(index, statement);
  return JSON.stringify({ ...document, Statement: changed });
}

function checkCondition({ Type, Key }: Condition, principal: string | undefined): void {
  if (principal !== '*') throw invalid('Parameter Condition is not valid. Reason: Principal must be * with it.');
  if (Type !== 'StringEquals') throw invalid('Parameter Condition is not valid. Reason: Type must be StringEquals.');
  if (Key !== 'aws:PrincipalOrgID') {
    throw invalid('Parameter Condition is not valid. Reason: Key must be aws:PrincipalOrgID.');
  }
}

/** Kept as it is. The first sentence is moto's, the other Footbridge's. */
function givenPolicy(policy: string, { Action, Principal, StatementId, Condition }: PutPermissionRequest): string {
  if (!isPolicy(policy)) throw invalid('This policy contains invalid Json');
  if ([Action, Principal, StatementId, Condition].some((other) => other !== undefined)) {
    throw invalid('Parameter Policy must be given without Action, Principal, StatementId and Condition.');
  }
  return policy;
}

/** `undefined` takes the policy away. */
function setPolicy({ clock, store }: OperationContext, bus: BusRecord, policy: string | undefined): void {
  store.buses.put({ ...bus, Policy: policy, LastModifiedTime: clock.now() });
}

function isPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    return isObject && !isDeeperThan(text, maxPolicyDepth);
  } catch {
    return false;
  }
}

function documentOf({ Policy }: BusRecord): PolicyDocument {
  return Policy === undefined ? { Version: '2012-10-17' } : JSON.parse(Policy);
}

/** A document may have one statement that stands in no list. */
function statementsOf({ Statement }: PolicyDocument): readonly unknown[] {
  if (Statement === undefined) return [];
  return Array.isArray(Statement) ? Statement : [Statement];
}

function sidOf(statement: unknown): unknown {
  return (statement as { readonly Sid?: unknown } | null)?.Sid;
}
