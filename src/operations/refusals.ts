import { ServiceError } from '../base/service-error.js';
import type { RuleRecord } from '../state/rule-record.js';

// Facts that several operations refuse for. The sentences are recorded from the service where nothing else is said.

export function noSuchBus(bus: string): ServiceError {
  return notFound(`Event bus ${bus} does not exist.`);
}

export function noSuchRule(rule: string, bus: string): ServiceError {
  return notFound(`Rule ${rule} does not exist on EventBus ${bus}.`);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

/** `what` is the resource with its name: `Archive a`. */
export function alreadyExists(what: string): ServiceError {
  return new ServiceError('ResourceAlreadyExistsException', `${what} already exists.`);
}

export function limitExceeded(): ServiceError {
  return new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}

export function illegalStatus(message: string): ServiceError {
  return new ServiceError('IllegalStatusException', message);
}

/** Refuses to change a rule that another service manages. The sentence is Footbridge's. */
export function refuseManaged(rule: RuleRecord | undefined, exception = ''): void {
  if (rule?.ManagedBy === undefined) return;
  throw new ServiceError(
    'ManagedRuleException',
    `Rule ${rule.Name} is managed by ${rule.ManagedBy} and cannot be changed${exception}.`,
  );
}

/** As `refuseManaged`, unless the caller insists. */
export function requireForce(rule: RuleRecord, force: boolean | undefined): void {
  if (force !== true) refuseManaged(rule, ' unless Force is true');
}
