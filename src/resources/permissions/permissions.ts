import { invalid, ServiceError } from '../../base/service-error.js';
import { type Host, operationsOf, type Plugin } from '../../core/plugin.js';
import { type EmptyResponse, resourceNotFound } from '../../core/responses.js';
import { boolean, lengthFirst, namePattern, requests, string, structure } from '../../model/shape.js';
import { type BusRecord, busesOf, findBus } from '../event-buses/event-bus-record.js';
import { documentOf, normalizedPolicy, rootArn, sidOf, statementsOf } from './policy-document.js';

const ownBusName = string(1, 256, namePattern);
const statementId = lengthFirst(string(1, 64, '[a-zA-Z0-9-_]+'));

export const permissionShapes = requests({
  PutPermission: {
    EventBusName: ownBusName,
    Action: lengthFirst(string(1, 64, 'events:[a-zA-Z]+')),
    Principal: lengthFirst(string(1, 12, '(\\d{12}|\\*)')),
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
  /**
   * The text of a policy document, given alone. It replaces what the bus has, and is kept without blanks, with the ARN of its root for
   * each account.
   */
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
  const { Policy, Action, Principal, StatementId, Condition } = input;
  if (Policy !== undefined && [Action, Principal, StatementId, Condition].some((other) => other !== undefined)) {
    throw invalid('Action, Principal, StatementId and Condition could not be combined with Policy parameter.');
  }
  const policy = Policy === undefined ? withStatement(bus, input) : normalizedPolicy(Policy, bus);
  if (policy.length > host.limit('policyCharacters')) {
    throw new ServiceError('PolicyLengthExceededException', 'Policy size would be larger than the maximum allowed.');
  }
  setPolicy(host, bus, policy);
  return {};
}

export function removePermission(host: Host, input: RemovePermissionRequest): EmptyResponse {
  const { StatementId, RemoveAllPermissions } = input;
  const bus = findBus(host, input.EventBusName);
  if (RemoveAllPermissions) {
    if (StatementId !== undefined) throw invalid('StatementId could not be combined with All parameter.');
    setPolicy(host, bus, undefined);
    return {};
  }
  if (StatementId === undefined) throw missing('StatementId');
  const document = documentOf(bus);
  const before = statementsOf(document);
  const after = before.filter((statement) => sidOf(statement) !== StatementId);
  if (after.length === before.length) throw resourceNotFound('Statement with the provided id does not exist.');
  setPolicy(host, bus, after.length === 0 ? undefined : JSON.stringify({ ...document, Statement: after }));
  return {};
}

/** That of several missing parameters the first is named is Footbridge's choice. */
function withStatement(bus: BusRecord, { Action, Principal, StatementId, Condition }: PutPermissionRequest): string {
  for (const [name, value] of Object.entries({ Action, Principal, StatementId })) {
    if (value === undefined) throw missing(name);
  }
  if (Action !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
  if (Condition !== undefined) checkCondition(Condition, Principal);
  const statement = {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: rootArn(bus.Arn, Principal ?? '') },
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

function missing(parameter: string): ServiceError {
  return invalid(`Parameter(s) ${parameter} must be specified.`);
}

const organization = /^o-[a-z0-9]{10,32}$/;

/** The first sentence is Footbridge's, after the documentation. */
function checkCondition({ Type, Key, Value }: Condition, principal: string | undefined): void {
  if (principal !== '*') throw invalid('Parameter Condition is not valid. Reason: Principal must be * with it.');
  if (Type !== 'StringEquals') throw invalid("Provided value in parameter 'condition.type' is not supported.");
  if (Key !== 'aws:PrincipalOrgID') throw invalid("Provided value in parameter 'condition.key' is not supported.");
  if (!organization.test(Value ?? '')) throw invalid("Provided value in parameter 'condition.value' is invalid.");
}

/** `undefined` takes the policy away. The very same policy again changes nothing: captured. */
function setPolicy(host: Host, bus: BusRecord, policy: string | undefined): void {
  if (policy === bus.Policy) return;
  busesOf(host).put({ ...bus, Policy: policy, LastModifiedTime: host.clock.now() });
}

const operations = operationsOf<PermissionOperations>(permissionShapes, {
  PutPermission: putPermission,
  RemovePermission: removePermission,
});

/** The policies of event buses. */
export function permissions(): Plugin<PermissionOperations> {
  return { name: 'permissions', operations, limits: { policyCharacters: 10_240 } };
}
