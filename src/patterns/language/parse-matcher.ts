import { parseAddress, parseCidr } from './cidr.js';
import { caseForms } from './ignore-case.js';
import { exactValue, numberFromText } from './number.js';
import { parseAnythingBut } from './parse-anything-but.js';
import { parseNumeric } from './parse-numeric.js';
import type { Matcher } from './pattern.js';
import type { PatternReader } from './pattern-reader.js';
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
      throw reader.refusal('invalid-value', 'Match value must be String, number, true, false, or null');
  }
}

function readExpression(reader: PatternReader): Matcher {
  if (reader.next() !== 'name') throw reader.refusal('invalid-operand', 'Match expression name not found');
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
      const segments = reader.placed(() => parseWildcard(operand));
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
        throw reader.refusal('invalid-operand', 'exists match pattern must be either true or false.');
      }
      return closed(reader, { kind: operator, operand: operand === 'true' });
    }
    case 'numeric':
      return parseNumeric(reader);
    case 'anything-but':
      return parseAnythingBut(reader);
    default:
      throw reader.refusal('unknown-operator', `Unrecognized match type ${operator}`);
  }
}

function readAffix(reader: PatternReader, kind: 'prefix' | 'suffix'): Matcher {
  if (reader.next() !== '{') {
    if (reader.token !== 'string') throw mustBeString(reader, kind);
    return closed(reader, { kind, operand: reader.string() });
  }
  const title = kind === 'prefix' ? 'Prefix' : 'Suffix';
  if (reader.next() !== 'name') throw reader.refusal('invalid-operand', `${title} expression name not found`);
  if (reader.text !== 'equals-ignore-case') {
    throw reader.refusal('unknown-operator', `Unsupported ${kind} pattern: ${reader.text}`);
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
  return reader.refusal('invalid-operand', `${operator} match pattern must be a string`);
}
