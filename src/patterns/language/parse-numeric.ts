import { InvalidPattern } from './invalid-pattern.js';
import { exactValue, numberFromText } from './number.js';
import type { Matcher, NumericBound } from './pattern.js';
import type { PatternReader } from './pattern-reader.js';

const tooMany = 'Too many elements in numeric expression';

/** `["=", n]`, one bound, or a lower bound and then an upper one. */
export function parseNumeric(reader: PatternReader): Matcher {
  if (reader.next() !== '[') throw reader.refusal('invalid-operand', 'Value of numeric must be an array.');
  if (reader.next() !== 'string') {
    throw reader.refusal('invalid-operand', `Invalid member in numeric match: ${reader.text}`);
  }
  const matcher = readComparison(reader, reader.string());
  reader.closeExpression(tooMany);
  return matcher;
}

/** A number that `numeric` and `anything-but` can compare with. */
export function comparable(text: string): number {
  const value = exactValue(numberFromText(text));
  if (value === undefined) throw new InvalidPattern('invalid-operand', `Cannot compare number : ${text}`);
  return value;
}

function readComparison(reader: PatternReader, operator: string): Matcher {
  if (reader.next() !== 'number') {
    const name = operator === '=' ? 'equals' : operator;
    throw reader.refusal('invalid-operand', `Value of ${name} must be numeric`);
  }
  const text = reader.text;
  switch (operator) {
    case '=': {
      closeList(reader, tooMany);
      return { kind: 'equals', operand: reader.placed(() => comparable(text)) };
    }
    case '<':
    case '<=':
      closeList(reader, tooMany);
      return { kind: 'numeric', upper: bound(reader, operator, text) };
    case '>':
    case '>=':
      if (reader.next() === ']') return { kind: 'numeric', lower: bound(reader, operator, text) };
      return readUpper(reader, operator, text);
    default:
      throw reader.refusal('unknown-operator', `Unrecognized numeric range operator: ${operator}`);
  }
}

function readUpper(reader: PatternReader, lowerOperator: string, lowerText: string): Matcher {
  if (reader.token !== 'string') {
    throw reader.refusal('invalid-operand', `Bad value in numeric range: ${reader.text}`);
  }
  const operator = reader.string();
  if (operator !== '<' && operator !== '<=') {
    throw reader.refusal('unknown-operator', `Bad numeric range operator: ${operator}`);
  }
  if (reader.next() !== 'number') throw reader.refusal('invalid-operand', `Value of ${operator} must be numeric`);
  const text = reader.text;
  closeList(reader, 'Too many terms in numeric range expression');
  const lower = bound(reader, lowerOperator, lowerText);
  const upper = bound(reader, operator, text);
  if (lower.value >= upper.value) throw reader.refusal('invalid-operand', 'Bottom must be less than top');
  return { kind: 'numeric', lower, upper };
}

function bound(reader: PatternReader, operator: string, text: string): NumericBound {
  return { value: reader.placed(() => comparable(text)), inclusive: operator.endsWith('=') };
}

function closeList(reader: PatternReader, otherwise: string): void {
  if (reader.next() !== ']') throw reader.refusal('invalid-operand', otherwise);
}
