/** Why a pattern is refused, for programs; the message is for people. */
export type PatternIssueCode =
  | 'invalid-json'
  | 'not-an-object'
  | 'empty-object'
  | 'empty-array'
  | 'invalid-field'
  | 'invalid-value'
  | 'unknown-operator'
  | 'invalid-operand'
  | 'extra-key'
  | 'invalid-or'
  | 'reserved-name'
  | 'too-complex';

/** Thrown inside the parser; `parsePattern` turns it into an issue. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';

  constructor(
    readonly code: PatternIssueCode,
    message: string,
    /** Whether the message already ends in a place of the pattern's text. */
    readonly placed = false,
  ) {
    super(message);
  }
}
