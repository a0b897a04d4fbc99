import type { SourceLocation } from '../document/template-problem.js';

/** What each finding is about, in a sentence. */
export const lintDescriptions = {
  refused: 'EventBridge or CloudFormation refuses this',
  unresolved: 'What this says is not known here, and so not checked',
  unsupported: 'This is not carried out here, and so not checked',
  'never-matches': 'No event can match this pattern',
  'no-target': 'A rule without a target does nothing',
  'duplicate-rule': 'Two rules of one bus have one pattern',
  'no-dead-letter-queue': 'What cannot be delivered is lost',
  'aws-source-on-custom-bus': 'Events of AWS services arrive on the default bus only',
  'source-spelling': 'The source of an AWS service is spelled otherwise',
  'detail-type-spelling': 'The detail-type of an AWS service is spelled otherwise',
  'read-only-call': 'An enabled rule does not receive read-only calls from CloudTrail',
  'dotted-key': 'A key with dots is a path',
  'operator-as-field': 'An operator outside of a list is the name of a field',
  'wildcard-in-plain-string': 'A plain string is compared letter by letter',
  'json-in-string': 'A string is not compared as JSON',
  'yaml-word': 'YAML reads this word as something other than a string',
  'log-group-arn': 'A target takes the ARN of a log group without :*',
  'queue-policy': 'The queue does not let EventBridge send messages',
  'topic-policy': 'The topic does not let EventBridge publish',
  'function-permission': 'The function does not let EventBridge invoke it',
  'managed-key': 'EventBridge cannot use a key that AWS manages',
  'open-bus-policy': 'The policy of the bus lets every account put events',
  'quoted-object': 'An object in quotes is not valid JSON',
} as const;

/** What a finding is about. */
export type LintCode = keyof typeof lintDescriptions;

/** Only reported when asked for. */
export const offByDefault: ReadonlySet<LintCode> = new Set(['no-dead-letter-queue']);

/** One thing about a template that is wrong, or probably unintended. */
export interface LintFinding extends SourceLocation {
  readonly code: LintCode;
  /** `error`: rejected by the service, or hides whether it would be. `warning`: probably unintended. `note`: a value that only AWS knows. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** The parameter that would provide an unresolved value. */
  readonly parameter?: string | undefined;
}

/** Reports a warning. */
export type Warn = (at: SourceLocation, code: LintCode, message: string) => void;

export function isLintCode(code: string): code is LintCode {
  return Object.hasOwn(lintDescriptions, code);
}
