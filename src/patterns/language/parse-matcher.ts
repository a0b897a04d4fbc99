import { parseAddress, parseCidr } from './cidr.js';
import { caseForms } from './ignore-case.js';
import { exactValue, numberFromText } from './number.js';
import type { Matcher, NumericBound } from './pattern.js';
import { InvalidPattern, type PatternReader } from './pattern-reader.js';
import { parseWildcard } from './wildcard.js';

/** One element of a field's list, at which the reader stands. */
export function parseMatcher(reader: PatternReader): Matcher {
  switch (reader.token) {
    case '{':
      return readExpression(reader);
    case 'string': {
      const operand = reader.string();
      const address = parseAddress(operand);
      return address === undefined ? { kind: 'equals', operand } : { kind: 'address', operand, address };
    }
    case 'number': {
      const operand = numberFromText(reader.text);
      return { kind: 'equals', operand: exactValue(operand) ?? operand };
    }
    case 'true':
    case 'false':
      return { kind: 'equals', operand: reader.token === 'true' };
    case 'null':
      return { kind: 'equals', operand: null };
    default:
      throw reader.error('invalid-value', 'Match value must be String, number, true, false, or null');
  }
}

function readExpression(reader: PatternReader): Matcher {
  if (reader.next() !== 'name') throw reader.error('invalid-operand', 'Match expression name not found');
  const operator = reader.text;
  reader.names.push(operator);
  const matcher = readOperator(reader, operator);
  reader.names.pop();
  return matcher;
}

function readOperator(reader: PatternReader, operator: string): Matcher {
  switch (operator) {
    case 'exactly':
      return closed(reader, { kind: 'equals', operand: nextString(reader, 'exact') });
    case 'prefix':
    case 'suffix':
      return readAffix(reader, operator);
    case 'equals-ignore-case': {
      const operand = nextString(reader, operator);
      return closed(reader, { kind: operator, operand, forms: caseForms(operand) });
    }
    case 'wildcard': {
      const operand = nextString(reader, operator);
      const segments = reader.withLocation(() => parseWildcard(operand));
      return closed(reader, { kind: operator, operand, segments });
    }
    case 'cidr': {
      // The service names the wrong operator here.
      const operand = nextString(reader, 'prefix');
      return closed(reader, { kind: operator, operand, block: parseCidr(operand) });
    }
    case 'exists': {
      const operand = reader.next();
      if (operand !== 'true' && operand !== 'false') {
        throw reader.error('invalid-operand', 'exists match pattern must be either true or false.');
      }
      return closed(reader, { kind: operator, operand: operand === 'true' });
    }
    case 'numeric':
      return parseNumeric(reader);
    case 'anything-but':
      return parseAnythingBut(reader);
    default:
      throw reader.error('unknown-operator', `Unrecognized match type ${operator}`);
  }
}

function readAffix(reader: PatternReader, kind: 'prefix' | 'suffix'): Matcher {
  if (reader.next() !== '{') {
    if (reader.token !== 'string') throw mustBeString(reader, kind);
    return closed(reader, { kind, operand: reader.string() });
  }
  const title = kind === 'prefix' ? 'Prefix' : 'Suffix';
  if (reader.next() !== 'name') throw reader.error('invalid-operand', `${title} expression name not found`);
  if (reader.text !== 'equals-ignore-case') {
    throw reader.error('unknown-operator', `Unsupported ${kind} pattern: ${reader.text}`);
  }
  const operand = nextString(reader, 'equals-ignore-case');
  reader.closeExpression();
  return closed(reader, { kind, operand, forms: caseForms(operand) });
}

function closed(reader: PatternReader, matcher: Matcher): Matcher {
  reader.closeExpression();
  return matcher;
}

function nextString(reader: PatternReader, operator: string): string {
  if (reader.next() !== 'string') throw mustBeString(reader, operator);
  return reader.string();
}

function mustBeString(reader: PatternReader, operator: string): Error {
  return reader.error('invalid-operand', `${operator} match pattern must be a string`);
}

const tooMany = 'Too many elements in numeric expression';

/** `["=", n]`, one bound, or a lower bound and then an upper one. */
export function parseNumeric(reader: PatternReader): Matcher {
  if (reader.next() !== '[') throw reader.error('invalid-operand', 'Value of numeric must be an array.');
  if (reader.next() !== 'string') {
    throw reader.error('invalid-operand', `Invalid member in numeric match: ${reader.text}`);
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
    throw reader.error('invalid-operand', `Value of ${name} must be numeric`);
  }
  const text = reader.text;
  switch (operator) {
    case '=': {
      closeList(reader, tooMany);
      return { kind: 'equals', operand: reader.withLocation(() => comparable(text)) };
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
      throw reader.error('unknown-operator', `Unrecognized numeric range operator: ${operator}`);
  }
}

function readUpper(reader: PatternReader, lowerOperator: string, lowerText: string): Matcher {
  if (reader.token !== 'string') {
    throw reader.error('invalid-operand', `Bad value in numeric range: ${reader.text}`);
  }
  const operator = reader.string();
  if (operator !== '<' && operator !== '<=') {
    throw reader.error('unknown-operator', `Bad numeric range operator: ${operator}`);
  }
  if (reader.next() !== 'number') throw reader.error('invalid-operand', `Value of ${operator} must be numeric`);
  const text = reader.text;
  closeList(reader, 'Too many terms in numeric range expression');
  const lower = bound(reader, lowerOperator, lowerText);
  const upper = bound(reader, operator, text);
  if (lower.value >= upper.value) throw reader.error('invalid-operand', 'Bottom must be less than top');
  return { kind: 'numeric', lower, upper };
}

function bound(reader: PatternReader, operator: string, text: string): NumericBound {
  return { value: reader.withLocation(() => comparable(text)), inclusive: operator.endsWith('=') };
}

function closeList(reader: PatternReader, otherwise: string): void {
  if (reader.next() !== ']') throw reader.error('invalid-operand', otherwise);
}

// The service's parser speaks of a "numeric expression" here too.
const tooManyElements = 'Too many elements in numeric expression';

type Operator = 'equals' | 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard';

/** A value, a list of strings or of numbers, or one of four operators over a string or a list of strings. */
export function parseAnythingBut(reader: PatternReader): Matcher {
  let operator: Operator = 'equals';
  const nested = reader.next() === '{';
  if (nested) {
    if (reader.next() !== 'name') throw reader.error('invalid-operand', 'Anything-But expression name not found');
    operator = asOperator(reader);
    reader.next();
  }
  const not = readOperand(reader, operator);
  if (nested) reader.closeExpression(tooManyElements);
  reader.closeExpression(tooManyElements);
  return { kind: 'anything-but', not };
}

function asOperator(reader: PatternReader): Operator {
  const name = reader.text;
  if (name === 'prefix' || name === 'suffix' || name === 'equals-ignore-case' || name === 'wildcard') return name;
  throw reader.error('unknown-operator', `Unsupported anything-but pattern: ${name}`);
}

function readOperand(reader: PatternReader, operator: Operator): Matcher[] {
  if (reader.token === '[') {
    const operands = readList(reader, operator);
    return reader.withLocation(() => operands.map((operand) => matcherOf(operator, operand)));
  }
  if (reader.token !== 'string' && reader.token !== 'number') {
    throw reader.error('invalid-operand', 'Value of anything-but must be an array or single string/number value.');
  }
  // The service gives a location except for a number that it cannot compare (recorded).
  if (operator === 'equals') return [matcherOf(operator, readScalar(reader, operator))];
  return [reader.withLocation(() => matcherOf(operator, readScalar(reader, operator)))];
}

function readList(reader: PatternReader, operator: Operator): (string | number)[] {
  const operands: (string | number)[] = [];
  reader.withSecondLocation(() => {
    while (reader.next() !== ']') operands.push(readScalar(reader, operator));
  });
  if (operands.length === 0 && operator !== 'equals') {
    throw reader.error('empty-array', `The list of ${operator} inside anything-but must not be empty`);
  }
  if (operator === 'equals' && new Set(operands.map((operand) => typeof operand)).size !== 1) {
    throw reader.error(
      'invalid-operand',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return operands;
}

function readScalar(reader: PatternReader, operator: Operator): string | number {
  if (operator === 'equals' && reader.token === 'number') return comparable(reader.text);
  if (reader.token !== 'string') throw reader.error('invalid-operand', operandErrors[operator]);
  const operand = reader.string();
  if (operand === '' && (operator === 'prefix' || operator === 'suffix')) {
    throw reader.error('invalid-operand', 'Null prefix/suffix not allowed');
  }
  return operand;
}

const operandErrors: Record<Operator, string> = {
  equals: 'Inside anything but list, start|null|boolean is not supported.',
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  wildcard: 'wildcard match pattern must be a string',
};

function matcherOf(operator: Operator, operand: string | number): Matcher {
  if (operator === 'equals') return { kind: operator, operand };
  if (typeof operand === 'number') throw new InvalidPattern('invalid-operand', operandErrors[operator]);
  if (operator === 'wildcard') return { kind: operator, operand, segments: parseWildcard(operand) };
  if (operator === 'equals-ignore-case') return { kind: operator, operand, forms: caseForms(operand) };
  return { kind: operator, operand };
}
