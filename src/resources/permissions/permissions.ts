import { isDeeperThan } from '../../base/json/json-text.js';
import { invalid, ServiceError } from '../../base/service-error.js';
import type { Host, Plugin } from '../../core/plugin.js';
import { operationsOf } from '../../core/plugin.js';
import { type EmptyResponse, resourceNotFound } from '../../core/responses.js';
import { boolean, namePattern, requests, string, structure } from '../../model/shape.js';
import type { BusRecord } from '../event-buses/event-bus-record.js';
import { busesOf, findBus } from '../event-buses/event-bus-record.js';

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

/** The operations on the policies of event buses. A policy is kept and shown, not enforced: every call is the account's own. */
export interface PermissionOperations {
  /**
   * Adds a statement to the policy of a bus, replaces the statement with the same id, or replaces the policy.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {PolicyLengthExceededException} above `limits.policyCharacters`.
   * @throws {ValidationException} for an invalid statement or policy.
   */
  putPermission(input?: PutPermissionRequest): Promise<EmptyResponse>;
  /**
   * Removes a statement from the policy of a bus, or the whole policy.
   *
   * @throws {ResourceNotFoundException} when the bus or the statement does not exist.
   */
  removePermission(input?: RemovePermissionRequest): Promise<EmptyResponse>;
}

/** Adds a statement to the policy of a bus, or replaces that of its Sid. The policy is kept and shown, not enforced. */
export function putPermission(host: Host, input: PutPermissionRequest): EmptyResponse {
  const bus = findBus(host, input.EventBusName);
  const policy = input.Policy === undefined ? withStatement(bus, input) : givenPolicy(input.Policy, input);
  if (policy.length > host.limit('policyCharacters')) {
    throw new ServiceError(
      'PolicyLengthExceededException',
      `The policy of event bus ${bus.Name} would have ${policy.length} characters; it may have ${host.limit('policyCharacters')}.`,
    );
  }
  setPolicy(host, bus, policy);
  return {};
}

export function removePermission(host: Host, input: RemovePermissionRequest): EmptyResponse {
  const { StatementId, RemoveAllPermissions } = input;
  const bus = findBus(host, input.EventBusName);
  if (RemoveAllPermissions) {
    if (bus.Policy !== undefined) setPolicy(host, bus, undefined);
    return {};
  }
  if (StatementId === undefined) throw invalid('Parameter StatementId is required.');
  const document = documentOf(bus);
  const before = statementsOf(document);
  const after = before.filter((statement) => sidOf(statement) !== StatementId);
  if (after.length === before.length) throw resourceNotFound('Statement with the provided id does not exist.');
  setPolicy(host, bus, after.length === 0 ? undefined : JSON.stringify({ ...document, Statement: after }));
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
function setPolicy(host: Host, bus: BusRecord, policy: string | undefined): void {
  busesOf(host).put({ ...bus, Policy: policy, LastModifiedTime: host.clock.now() });
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

const operations = operationsOf<PermissionOperations>(permissionShapes, {
  PutPermission: putPermission,
  RemovePermission: removePermission,
});

/** The policies of event buses. */
export function permissions(): Plugin<PermissionOperations> {
  return { name: 'permissions', operations, limits: { policyCharacters: 10_240 } };
}
