import { type Arn, type Home, parseArn, partitionOf } from '../base/arn.js';
import { invalid, type ServiceError } from '../base/service-error.js';

/** How the names of regions are built; an ARN of a global service has none. Which regions there are is not kept here. */
const region = /^(?:[a-z]{2,4}(?:-[a-z]+)+-\d+)?$/;

/**
 * The parts of the ARN of a service. Throws AWS's ValidationException for what is not an ARN, has a region that there cannot be, or is
 * of another partition than the bridge's.
 */
export function parseServiceArn(home: Home, text: string): Arn {
  const arn = parseArn(text);
  const isHere = arn !== undefined && arn.partition === partitionOf(home.region);
  if (!isHere || (arn.region !== home.region && !region.test(arn.region))) throw malformedArn(text);
  return arn;
}

export function malformedArn(text: string): ServiceError {
  return invalid(`Parameter ${text} is not valid. Reason: Provided Arn is not in correct format.`);
}
