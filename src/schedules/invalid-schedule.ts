import { ServiceError } from '../base/service-error.js';

/** EventBridge's one sentence for every expression it refuses (recorded); why, in words of Footbridge's own, is the `cause`. */
export function invalidSchedule(reason: string): ServiceError {
  const error = new ServiceError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  error.cause = new Error(reason);
  return error;
}
