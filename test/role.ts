import type { Target } from '../src/index.js';

/** A role that AWS would assume. */
export const RoleArn = 'arn:aws:iam::123456789012:role/r';

const withoutRole = /^arn:aws:(?:lambda|sns|sqs|logs):/;

/** The target, with a role if PutTargets requires one. */
export function withRole<Given extends Omit<Target, 'Id'>>(target: Given): Given {
  return withoutRole.test(target.Arn ?? '') ? target : { RoleArn, ...target };
}
