import type { ExhaustedCondition } from './outcome.js';

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

/** The port that dead letters leave through. */
export interface DeadLetterQueue {
  readonly arn: string;
  send(letter: DeadLetter): void;
}
