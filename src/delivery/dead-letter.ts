import type { Delivery } from './delivery.js';
import type { ExhaustedCondition, Failure } from './outcome.js';

/** What is written beside an event that could not be delivered, by the names that the service gives it. */
export interface DeadLetterAttributes {
  /** ARN of the rule. */
  readonly RULE_ARN: string;
  /** ARN of the target. */
  readonly TARGET_ARN: string;
  /** Why: `NO_RESOURCE`, `ERROR_FROM_TARGET`, `TIMEOUT` … */
  readonly ERROR_CODE: string;
  /** The same in a sentence. */
  readonly ERROR_MESSAGE: string;
  /** Which limit ended the retries. Absent if there were none to make. */
  readonly EXHAUSTED_RETRY_CONDITION?: ExhaustedCondition;
  /** How many retries were made, as text. Absent if there were none to make. */
  readonly RETRY_ATTEMPTS?: string;
}

/** A message of a dead-letter queue. */
export interface DeadLetter {
  /** The event as it was to be delivered. */
  readonly body: string;
  readonly attributes: DeadLetterAttributes;
}

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
