import { caseForms } from './ignore-case.js';
import { InvalidPattern } from './invalid-pattern.js';
import { comparable } from './parse-numeric.js';
import type { Matcher } from './pattern.js';
import type { PatternReader } from './pattern-reader.js';
import { parseWildcard } from './wildcard.js';

// The service's parser speaks of a "numeric expression" here too.
const tooMany = 'Too many elements in numeric expression';

type Operator = 'equals' | 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard';

/** A value, a list of strings or of numbers, or one of four operators over a string or a list of strings. */
export function parseAnythingBut(reader: PatternReader): Matcher {
  let operator: Operator = 'equals';
  const nested = reader.next() === '{';
  if (nested) {
    if (reader.next() !== 'name') throw reader.refusal('invalid-operand', 'Anything-But expression name not found');
    operator = asOperator(reader);
    reader.next();
  }
  const not = readOperand(reader, operator);
  if (nested) reader.closeExpression(tooMany);
  reader.closeExpression(tooMany);
  return { kind: 'anything-but', not };
}

function asOperator(reader: PatternReader): Operator {
  const name = reader.text;
  if (name === 'prefix' || name === 'suffix' || name === 'equals-ignore-case' || name === 'wildcard') return name;
  throw reader.refusal('unknown-operator', `Unsupported anything-but pattern: ${name}`);
}

function readOperand(reader: PatternReader, operator: Operator): Matcher[] {
  if (reader.token === '[') {
    const operands = readList(reader, operator);
    return reader.placed(() => operands.map((operand) => matcherOf(operator, operand)));
  }
  if (reader.token !== 'string' && reader.token !== 'number') {
    throw reader.refusal('invalid-operand', 'Value of anything-but must be an array or single string/number value.');
  }
  return [reader.placed(() => matcherOf(operator, readScalar(reader, operator)))];
}

function readList(reader: PatternReader, operator: Operator): (string | number)[] {
  const operands: (string | number)[] = [];
  reader.placedAgain(() => {
    while (reader.next() !== ']') operands.push(readScalar(reader, operator));
  });
  if (operator === 'equals' && new Set(operands.map((operand) => typeof operand)).size !== 1) {
    throw reader.refusal(
      'invalid-operand',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return operands;
}

function readScalar(reader: PatternReader, operator: Operator): string | number {
  if (operator === 'equals' && reader.token === 'number') return comparable(reader.text);
  if (reader.token !== 'string') throw reader.refusal('invalid-operand', mustBeString[operator]);
  const operand = reader.string();
  if (operand === '' && (operator === 'prefix' || operator === 'suffix')) {
    throw reader.refusal('invalid-operand', 'Null prefix/suffix not allowed');
  }
  return operand;
}

const mustBeString: Record<Operator, string> = {
  equals: 'Inside anything but list, start|null|boolean is not supported.',
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  wildcard: 'wildcard match pattern must be a string',
};

function matcherOf(operator: Operator, operand: string | number): Matcher {
  if (operator === 'equals') return { kind: operator, operand };
  if (typeof operand === 'number') throw new InvalidPattern('invalid-operand', mustBeString[operator]);
  if (operator === 'wildcard') return { kind: operator, operand, segments: parseWildcard(operand) };
  if (operator === 'equals-ignore-case') return { kind: operator, operand, forms: caseForms(operand) };
  return { kind: operator, operand };
}
