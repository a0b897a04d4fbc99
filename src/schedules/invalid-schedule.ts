import { invalid, type ServiceError } from '../base/service-error.js';

/** EventBridge's one sentence for every expression it refuses (recorded); why, in words of Footbridge's own, is the `cause`. */
export function invalidSchedule(reason: string): ServiceError {
  const error = invalid('Parameter ScheduleExpression is not valid.');
  error.cause = new Error(reason);
  return error;
}
