import { decodeString, readLiteral, readNumber, scanString } from './json-scalars.js';
import { charDescription, JsonSyntaxError, jacksonLocation, validTokens } from './json-syntax-error.js';

export type JsonToken = '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end';

interface JsonContainer {
  readonly array: boolean;
  readonly start: number;
  members: number;
}

const maxDepth = 1000;

/**
 * The one JSON tokenizer. It keeps what `JSON.parse` loses: the order of members, repeated members, how a number is
 * spelled, and positions. `offset` follows the service's own reader, whose positions its sentences print: after a name it
 * is behind the first character of the value, or behind the whole value where that is a number or a literal; after a
 * string it is behind the opening quote until the string's `text` is read.
 */
export class JsonReader {
  offset = 0;
  token: JsonToken = 'end';
  #lookahead: JsonToken | undefined;
  #value = '';
  #number = '';
  #stringStart = -1;
  readonly #containers: JsonContainer[] = [];

  constructor(readonly source: string) {}

  /** The name, the decoded string, or the number as it is spelled. */
  get text(): string {
    if (this.token === 'string') this.#finishString();
    return this.#value;
  }

  /** The next token; `end` behind the closing bracket of the outermost value, and for blank text. */
  next(): JsonToken {
    this.token = this.#advance();
    return this.token;
  }

  /** True if nothing but white space is left. */
  get exhausted(): boolean {
    this.#skipSpace();
    return this.offset >= this.source.length;
  }

  #advance(): JsonToken {
    if (this.#lookahead !== undefined) return this.#takeLookahead(this.#lookahead);
    this.#finishString();
    const container = this.#containers.at(-1);
    this.#skipSpace();
    if (this.offset >= this.source.length) {
      if (container === undefined) return 'end';
      const where = jacksonLocation(this.source, container.start);
      throw this.#error(
        `Unexpected end-of-input: expected close marker for ${containerKind(container)} (start marker at ${where})`,
      );
    }
    let unit = this.source.charCodeAt(this.offset++);
    if (unit === 0x7d || unit === 0x5d) return this.#close(unit, container);
    if (container === undefined) return this.#takeLookahead(this.#beginValue(unit));
    if (container.members++ > 0) {
      if (unit !== 0x2c)
        throw this.#unexpected(unit, `was expecting comma to separate ${containerKind(container)} entries`);
      unit = this.#unitAfterSpace(container);
    }
    if (container.array) return this.#takeLookahead(this.#beginValue(unit));
    this.#readName(unit);
    this.#skipColon(container);
    this.#lookahead = this.#beginValue(this.#unitAfterSpace(container));
    return 'name';
  }

  #takeLookahead(token: JsonToken): JsonToken {
    this.#lookahead = undefined;
    if (token === '{' || token === '[') {
      if (this.#containers.length === maxDepth) {
        throw this.#error(
          `Document nesting depth (${maxDepth + 1}) exceeds the maximum allowed (${maxDepth}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
        );
      }
      this.#containers.push({ array: token === '[', start: this.offset - 1, members: 0 });
    } else if (token === 'string') {
      this.#stringStart = this.offset;
    } else if (token === 'number') {
      this.#value = this.#number;
    }
    return token;
  }

  #beginValue(unit: number): JsonToken {
    switch (unit) {
      case 0x22:
        return 'string';
      case 0x7b:
        return '{';
      case 0x5b:
        return '[';
      case 0x7d:
        throw this.#unexpected(unit, 'expected a value');
    }
    const start = this.offset - 1;
    if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      this.offset = readNumber(this.source, start);
      this.#number = this.source.slice(start, this.offset);
      return 'number';
    }
    const literal = readLiteral(this.source, start);
    if (literal === undefined) throw this.#unexpected(unit, `expected a valid value ${validTokens}`);
    this.offset = start + literal.length;
    return literal;
  }

  #readName(unit: number): void {
    if (unit !== 0x22) {
      throw new JsonSyntaxError(
        `Unexpected character (${charDescription(unit)}): was expecting double-quote to start field name`,
        this.source,
        this.offset - 1,
      );
    }
    const end = scanString(this.source, this.offset, 'name');
    this.#value = decodeString(this.source, this.offset, end);
    this.offset = end + 1;
  }

  #skipColon(container: JsonContainer): void {
    const unit = this.#unitAfterSpace(container);
    if (unit !== 0x3a) throw this.#unexpected(unit, 'was expecting a colon to separate field name and value');
  }

  #unitAfterSpace(container: JsonContainer): number {
    this.#skipSpace();
    if (this.offset >= this.source.length) {
      throw this.#error(`Unexpected end-of-input within/between ${containerKind(container)} entries`);
    }
    return this.source.charCodeAt(this.offset++);
  }

  #close(unit: number, container: JsonContainer | undefined): JsonToken {
    if (container === undefined) throw this.#unexpected(unit, `expected a valid value ${validTokens}`);
    if (container.array !== (unit === 0x5d)) {
      const expected = container.array ? ']' : '}';
      const where = jacksonLocation(this.source, container.start);
      throw this.#error(
        `Unexpected close marker '${String.fromCharCode(unit)}': expected '${expected}' (for ${containerKind(container)} starting at ${where})`,
      );
    }
    this.#containers.pop();
    return container.array ? ']' : '}';
  }

  #finishString(): void {
    if (this.#stringStart < 0) return;
    const start = this.#stringStart;
    this.#stringStart = -1;
    this.offset = this.source.length;
    const end = scanString(this.source, start, 'string');
    this.#value = decodeString(this.source, start, end);
    this.offset = end + 1;
  }

  #skipSpace(): void {
    for (; this.offset < this.source.length; this.offset++) {
      const unit = this.source.charCodeAt(this.offset);
      if (unit > 0x20) {
        if (unit !== 0x2f) return;
        this.offset++;
        throw this.#unexpected(
          unit,
          "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
        );
      }
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) {
        this.offset++;
        throw this.#error(
          `Illegal character (${charDescription(unit)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
        );
      }
    }
  }

  #unexpected(unit: number, comment: string): JsonSyntaxError {
    return this.#error(`Unexpected character (${charDescription(unit)}): ${comment}`);
  }

  #error(message: string): JsonSyntaxError {
    return new JsonSyntaxError(message, this.source, this.offset);
  }
}

function containerKind(container: JsonContainer): string {
  return container.array ? 'Array' : 'Object';
}

/** Returns why text is not one JSON value, and where; `undefined` if it is one. Blank text is not a value. */
export function findJsonError(text: string): JsonSyntaxError | undefined {
  const reader = new JsonReader(text);
  let depth = 0;
  try {
    do {
      const token = reader.next();
      if (token === 'end') return new JsonSyntaxError('No content to read', text, reader.offset);
      if (token === '{' || token === '[') depth++;
      else if (token === '}' || token === ']') depth--;
      // Read to its end, which the reader leaves for later.
      else if (token === 'string') void reader.text;
    } while (depth > 0);
    return reader.exhausted ? undefined : new JsonSyntaxError('Unexpected text behind the value', text, reader.offset);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
}
