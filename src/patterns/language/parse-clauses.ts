import { InvalidPattern } from './invalid-pattern.js';
import { parseMatcher } from './parse-matcher.js';
import type { Clause, Field, Matcher } from './pattern.js';
import type { PatternReader } from './pattern-reader.js';
import type { WildcardSegments } from './wildcard.js';
import { maxWildcardComplexity, wildcardComplexity } from './wildcard-complexity.js';

const reserved = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
  ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

/** Reads a whole pattern. Text behind its closing brace is ignored, as the service ignores it. */
export function parseClauses(reader: PatternReader): readonly Clause[] {
  if (reader.next() !== '{') throw reader.refusal('not-an-object', 'Filter is not an object');
  return readObject(reader, '', false);
}

function readObject(reader: PatternReader, base: string, insideOr: boolean, clauses: Clause[] = []): Clause[] {
  let empty = true;
  while (reader.next() !== '}') {
    empty = false;
    const name = reader.text;
    reader.names.push(name);
    if (insideOr && reserved.has(name)) {
      throw reader.refusal('reserved-name', `${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    if (name === '$or') clauses.push(readOr(reader, base));
    else readMember(reader, base, name, insideOr, clauses);
    reader.names.pop();
  }
  if (empty) throw reader.refusal('empty-object', 'Empty objects are not allowed');
  return clauses;
}

function readMember(reader: PatternReader, base: string, name: string, insideOr: boolean, clauses: Clause[]): void {
  // An empty base takes no dot: a name under an empty name stands for itself, as recorded from AWS's matcher.
  const path = base === '' ? name : `${base}.${name}`;
  switch (reader.next()) {
    case '{':
      readObject(reader, path, insideOr, clauses);
      return;
    case '[':
      clauses.push({ kind: 'field', field: readField(reader, path) });
      return;
    default:
      throw reader.refusal('invalid-field', `"${name}" must be an object or an array`);
  }
}

function readOr(reader: PatternReader, base: string): Clause {
  if (reader.next() !== '[') throw reader.refusal('invalid-or', 'It must be an Array followed with $or.');
  const branches: Clause[][] = [];
  while (reader.next() !== ']') {
    if (reader.token !== '{') {
      throw reader.refusal('invalid-or', 'Only JSON object is allowed in array of $or relationship.');
    }
    branches.push(readObject(reader, base, true));
  }
  if (branches.length < 2) {
    throw reader.refusal('invalid-or', 'There must have at least 2 Objects in $or relationship.');
  }
  return { kind: 'or', branches };
}

function readField(reader: PatternReader, path: string): Field {
  const matchers: Matcher[] = [];
  const start = reader.offset - 1;
  while (reader.next() !== ']') matchers.push(parseMatcher(reader));
  if (matchers.length === 0) throw reader.refusal('empty-array', 'Empty arrays are not allowed');
  const allowsAbsence = matchers.some((matcher) => matcher.kind === 'exists' && !matcher.operand);
  return { path, source: reader.source.slice(start, reader.offset), matchers, allowsAbsence };
}

/** The service refuses wildcards by a measure of its own once everything else about the pattern is right. */
export function refuseComplexWildcards(clauses: readonly Clause[]): void {
  for (const clause of clauses) {
    if (clause.kind === 'or') {
      for (const branch of clause.branches) refuseComplexWildcards(branch);
      continue;
    }
    const wildcards = clause.field.matchers.flatMap(wildcardsOf);
    if (wildcards.length > 0 && wildcardComplexity(wildcards) > maxWildcardComplexity) {
      throw new InvalidPattern(
        'too-complex',
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    }
  }
}

function wildcardsOf(matcher: Matcher): WildcardSegments[] {
  if (matcher.kind === 'wildcard') return [matcher.segments];
  return matcher.kind === 'anything-but' ? matcher.not.flatMap(wildcardsOf) : [];
}
