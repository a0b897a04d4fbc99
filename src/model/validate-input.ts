import { invalid } from '../base/service-error.js';
import { formatValue, isSecret } from './format-value.js';
import { formatPath, type MemberPath } from './read-input.js';
import type { MapShape, Shape, StringShape, Structure } from './shape.js';

const none: readonly never[] = [];

/** Of a longer string only the length is reported: some patterns take quadratic time. */
const maxPatternInput = 10_000;

/**
 * Checks what `readInput` made against the model's constraints, and throws the one `ValidationException` that lists
 * every failure, in the model's order of members.
 */
export function validateInput(shape: Structure, input: Record<string, unknown>, path: MemberPath = []): void {
  const failures: string[] = [];
  checkStructure(shape, input, path, failures);
  if (failures.length === 0) return;
  const count = failures.length === 1 ? '1 validation error' : `${failures.length} validation errors`;
  throw invalid(`${count} detected: ${failures.join('; ')}`);
}

function checkStructure(shape: Structure, input: Record<string, unknown>, path: MemberPath, failures: string[]): void {
  for (const member of shape.inOrder) {
    const value = input[member.name];
    if (value === undefined && !member.isRequired) continue;
    path.push(member.label);
    if (value !== undefined) checkValue(member.shape, value, path, failures);
    else failures.push(`Value null at '${formatPath(path)}' failed to satisfy constraint: Member must not be null`);
    path.pop();
  }
}

function checkValue(shape: Shape, value: unknown, path: MemberPath, failures: string[]): void {
  if (shape.kind === 'structure') {
    checkStructure(shape, value as Record<string, unknown>, path, failures);
    return;
  }
  for (const constraint of constraintFailures(shape, value)) {
    const shown = isSecret(shape) ? 'Value' : `Value '${formatValue(shape, value)}'`;
    failures.push(`${shown} at '${formatPath(path)}' failed to satisfy constraint: ${constraint}`);
  }
  if (shape.kind !== 'list' || shape.of.kind !== 'structure') return;
  for (const [index, item] of (value as Record<string, unknown>[]).entries()) {
    path.push(index);
    checkStructure(shape.of, item, path, failures);
    path.pop();
  }
}

function constraintFailures(shape: Shape, value: unknown): readonly string[] {
  switch (shape.kind) {
    case 'string':
      return stringFailures(shape, value as string);
    case 'integer':
      return rangeFailures('value', shape, value as number);
    case 'list':
      return [
        ...rangeFailures('length', shape, (value as unknown[]).length),
        ...memberFailures(shape.of, value as unknown[]),
      ];
    case 'map':
      return mapFailures(shape, Object.entries(value as Record<string, string>));
    default:
      return none;
  }
}

/** The members of a list of plain values fail together; the form is that of other services of the same family. */
function memberFailures(shape: Shape, items: readonly unknown[]): readonly string[] {
  if (shape.kind !== 'string' || items.every((item) => stringFailures(shape, item as string).length === 0)) return none;
  return [`Member must satisfy constraint: ${constraintsOf(shape)}`];
}

/** As those of a list. */
function mapFailures(shape: MapShape, entries: readonly [string, string][]): readonly string[] {
  const { keys, values } = shape;
  return [
    ...rangeFailures('length', shape, entries.length),
    ...(entries.every(([key]) => stringFailures(keys, key).length === 0)
      ? []
      : [`Map keys must satisfy constraint: ${constraintsOf(keys)}`]),
    ...(entries.every(([, item]) => stringFailures(values, item).length === 0)
      ? []
      : [`Map value must satisfy constraint: ${constraintsOf(values)}`]),
  ];
}

function constraintsOf({ min, max, pattern }: StringShape): string {
  const constraints = [
    ...(max === undefined ? [] : [atMost('length', max)]),
    ...(min === undefined ? [] : [atLeast('length', min)]),
    ...(pattern === undefined ? [] : [fits(pattern)]),
  ];
  return `[${constraints.join(', ')}]`;
}

function stringFailures(shape: StringShape, value: string): readonly string[] {
  const { min, max, pattern, linearPattern = pattern, values } = shape;
  if (min === undefined && max === undefined && pattern === undefined && values === undefined) return none;
  const isMatch = pattern === undefined || linearPattern === undefined || matches(value, linearPattern, max);
  const format = isMatch ? none : [fits(pattern)];
  const length = rangeFailures('length', shape, value.length);
  return [
    ...(shape.isLengthFirst ? [...length, ...format] : [...format, ...length]),
    ...(values === undefined || values.includes(value)
      ? []
      : [`Member must satisfy enum value set: [${values.join(', ')}]`]),
  ];
}

function rangeFailures(
  what: 'length' | 'value',
  { min, max }: { min?: number; max?: number },
  size: number,
): readonly string[] {
  if (max !== undefined && size > max) return [atMost(what, max)];
  return min !== undefined && size < min ? [atLeast(what, min)] : none;
}

function fits(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

function atMost(what: string, max: number): string {
  return `Member must have ${what} less than or equal to ${max}`;
}

function atLeast(what: string, min: number): string {
  return `Member must have ${what} greater than or equal to ${min}`;
}

function matches(value: string, pattern: string, max: number | undefined): boolean {
  return (max !== undefined && value.length > maxPatternInput) || matcher(pattern).test(value);
}

const matchers = new Map<string, RegExp>();

/** The service matches the whole string, with or without anchors. */
function matcher(pattern: string): RegExp {
  let regExp = matchers.get(pattern);
  if (regExp === undefined) {
    regExp = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
    matchers.set(pattern, regExp);
  }
  return regExp;
}
