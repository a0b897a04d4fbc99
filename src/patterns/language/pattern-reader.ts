import { JsonReader, type JsonToken } from '../../base/json/json-reader.js';
import { JsonSyntaxError, jacksonLocation } from '../../base/json/json-syntax-error.js';

/** A code for why a pattern is invalid, for programs; the message is for people. */
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
    /** Whether the message already ends with a location. */
    readonly isLocated = false,
  ) {
    super(message);
  }
}

/** Reads the tokens of a pattern, and makes errors with their location in it. */
export class PatternReader {
  readonly #json: JsonReader;
  /** The names that lead to the present location. */
  readonly names: string[] = [];

  /** `isForRule`: errors have the sentences of PutRule, where they differ from those of TestEventPattern. */
  constructor(
    readonly source: string,
    readonly isForRule: boolean,
  ) {
    this.#json = new JsonReader(source);
  }

  get offset(): number {
    return this.#json.offset;
  }

  get token(): JsonToken {
    return this.#json.token;
  }

  /** A string's or name's value, a number as it is spelled; for other tokens the token itself. */
  get text(): string {
    const { token } = this.#json;
    return token === 'name' || token === 'string' || token === 'number' ? this.#json.text : token;
  }

  next(): JsonToken {
    try {
      return this.#json.next();
    } catch (error) {
      throw asInvalid(error);
    }
  }

  /** The string at which the reader stands; its closing quote is looked for only now. */
  string(): string {
    try {
      return this.#json.text;
    } catch (error) {
      throw asInvalid(error);
    }
  }

  /** Makes an error whose message ends with the present location of the reader. */
  error(code: PatternIssueCode, reason: string, offset = this.#json.offset): InvalidPattern {
    return new InvalidPattern(code, `${reason}\n at ${jacksonLocation(this.source, offset)}`, true);
  }

  /** Runs a part, and adds the location to an error without one. */
  withLocation<T>(part: () => T): T {
    try {
      return part();
    } catch (error) {
      throw error instanceof InvalidPattern && !error.isLocated ? this.error(error.code, error.message) : error;
    }
  }

  /** Runs a part, and adds the location to an error, even to one that already has it, as the service does for lists. */
  withSecondLocation<T>(part: () => T): T {
    try {
      return part();
    } catch (error) {
      throw error instanceof InvalidPattern ? this.error(error.code, error.message) : error;
    }
  }

  /** The end of a match expression, which holds one name only. */
  closeExpression(reason = 'Only one key allowed in match expression'): void {
    if (this.next() !== '}') throw this.error('extra-key', reason);
  }
}

function asInvalid(error: unknown): unknown {
  return error instanceof JsonSyntaxError ? new InvalidPattern('invalid-json', error.message, true) : error;
}
