import type { DeadLetter } from './dead-letter.js';
import type { Delivery } from './delivery.js';
import type { ExhaustedCondition, Failure } from './outcome.js';

/** `undefined` for a delivery to a subscription, which has neither rule nor target. */
export function makeDeadLetter(
  delivery: Delivery,
  failure: Failure,
  exhausted: ExhaustedCondition | undefined,
): DeadLetter | undefined {
  const { address } = delivery.recipient;
  if (address.kind === 'subscription') return undefined;
  return {
    body: delivery.bodyText,
    attributes: {
      RULE_ARN: address.ruleArn,
      TARGET_ARN: address.arn,
      ERROR_CODE: failure.errorCode,
      ERROR_MESSAGE: failure.errorMessage,
      ...(exhausted === undefined
        ? {}
        : { EXHAUSTED_RETRY_CONDITION: exhausted, RETRY_ATTEMPTS: String(delivery.attempts - 1) }),
    },
  };
}
