import { isBusArn, parseArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import type { TargetRecord } from '../../model/target.js';
import type { BusRecord } from '../event-buses/event-bus-record.js';
import { checkTargetInput } from './check-target-input.js';

/** Throws the ValidationException for what a target of a rule on this bus must not be. */
export function checkTarget(target: TargetRecord, bus: BusRecord): void {
  const { Id, Arn, SqsParameters, DeadLetterConfig } = target;
  const arn = parseArn(Arn);
  if (arn === undefined) {
    throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (arn.service === 'sqs' && arn.resource.endsWith('.fifo') && SqsParameters?.MessageGroupId === undefined) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  }
  // The following three are known to be refused; the sentences are Footbridge's.
  if (isBusArn(Arn)) checkBusTarget(target, bus);
  if (DeadLetterConfig?.Arn !== undefined && !isStandardQueue(DeadLetterConfig.Arn)) {
    throw invalid(`DeadLetterConfig for target ${Id} must be the ARN of a standard SQS queue.`);
  }
  checkTargetInput(target);
}

function checkBusTarget({ Id, Arn, RetryPolicy }: TargetRecord, bus: BusRecord): void {
  if (Arn === bus.Arn) throw invalid(`Target ${Id} must not be the event bus of its own rule.`);
  if (RetryPolicy !== undefined) throw invalid(`RetryPolicy is not supported for target ${Id}, an event bus.`);
}

function isStandardQueue(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'sqs' && !arn.resource.endsWith('.fifo');
}
