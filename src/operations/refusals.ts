import { ServiceError } from '../base/service-error.js';

// The sentences recorded from the service; facts that several operations refuse for.

export function noSuchBus(bus: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
}

export function noSuchRule(rule: string, bus: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Rule ${rule} does not exist on EventBus ${bus}.`);
}

export function limitExceeded(): ServiceError {
  return new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
