import type { Delivery } from './delivery.js';
import type { DeadLettered, ExhaustedCondition, Failed, Failure } from './outcome.js';
import type { DeadLetter } from './recipient.js';

/** Sends a delivery to its dead-letter queue, if it has one, and returns the outcome. */
export function endUndelivered(
  delivery: Delivery,
  failure: Failure,
  exhausted: ExhaustedCondition | undefined,
): DeadLettered | Failed {
  const { deadLetterQueue } = delivery.recipient;
  const letter = makeDeadLetter(delivery, failure, exhausted);
  const failed: Failed = { kind: 'failed', failure, exhausted };
  if (deadLetterQueue === undefined || letter === undefined || failure.isSilent) return failed;
  if (deadLetterQueue.send(letter)) return { kind: 'dead-lettered', queue: deadLetterQueue.arn, failure, exhausted };
  const hint = `The dead-letter queue ${deadLetterQueue.arn} does not take the dead letter.`;
  return { ...failed, failure: { ...failure, hint: failure.hint === undefined ? hint : `${failure.hint} ${hint}` } };
}

/** Returns `undefined` for a delivery to a subscription, which has neither rule nor target. */
export function makeDeadLetter(
  delivery: Delivery,
  failure: Failure,
  exhausted: ExhaustedCondition | undefined,
): DeadLetter | undefined {
  const { address } = delivery.recipient;
  if (address.kind === 'subscription') return undefined;
  const { traceHeader } = delivery.event;
  return {
    body: delivery.body.text ?? delivery.event.text,
    attributes: {
      RULE_ARN: address.ruleArn,
      TARGET_ARN: address.arn,
      ERROR_CODE: failure.errorCode,
      ERROR_MESSAGE: failure.errorMessage,
      ...(exhausted === undefined
        ? {}
        : { EXHAUSTED_RETRY_CONDITION: exhausted, RETRY_ATTEMPTS: String(delivery.attempts - 1) }),
      ...(traceHeader === undefined ? {} : { AWSTraceHeader: traceHeader }),
    },
  };
}
