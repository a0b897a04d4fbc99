import { type AccountRegion, type Arn, parseArn, partitionForRegion } from '../base/arn.js';
import { invalid, ServiceError } from '../base/service-error.js';

/** How the names of regions are built; an ARN of a global service has none. Which regions there are is not kept here. */
const regionName = /^(?:[a-z]{2,4}(?:-[a-z]+)+-\d+)?$/;

/**
 * The parts of the ARN of a service. Throws AWS's ValidationException for what is not an ARN, has a region that there cannot be, or is
 * of another partition than the bridge's.
 */
export function parseServiceArn(home: AccountRegion, text: string): Arn {
  const arn = parseArn(text);
  const isHere = arn !== undefined && arn.partition === partitionForRegion(home.region);
  if (!isHere || (arn.region !== home.region && !regionName.test(arn.region))) throw malformedArn(text);
  return arn;
}

export function malformedArn(text: string): ServiceError {
  return invalid(`Parameter ${text} is not valid. Reason: Provided Arn is not in correct format.`);
}

/** Throws for what neither a target nor a bus can have as a dead-letter queue, in AWS's words. */
export function checkDeadLetterQueueArn(home: AccountRegion, text: string): void {
  const { service, region, resource } = parseServiceArn(home, text);
  if (service !== 'sqs') throw invalid(`${service} is not supported as a dead letter resource.`);
  if (resource.endsWith('.fifo')) throw invalid('SQS FIFO is not supported by Dead Letter Queues.');
  if (region === home.region) return;
  // Captured for buses; measured for targets is only that they are rejected.
  throw new ServiceError(
    'AccessDeniedException',
    `Access to the resource ${text} is denied. Reason: You must specify a dead letter queue in the same region.`,
  );
}

/** The last part of an ARN that the service makes up: an id of the bridge, in the characters that an ARN may have there. */
export function uniqueSuffix(ids: () => string): string {
  return ids()
    .slice(0, 64)
    .replace(/[^-A-Za-z0-9]/g, '-');
}
