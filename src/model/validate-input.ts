import { ServiceError } from '../base/service-error.js';
import { memberPath } from './member-path.js';
import type { Shape, StringShape, Structure } from './shape.js';
import { showValue } from './show-value.js';

/**
 * Checks what `readInput` made against the model's constraints, and throws the one `ValidationException` that lists
 * every failure, in the model's order of members, for one member its pattern before its length: recorded.
 */
export function validateInput(shape: Structure, input: Record<string, unknown>): void {
  const failures = structureFailures(shape, input, '');
  if (failures.length === 0) return;
  const count = failures.length === 1 ? '1 validation error' : `${failures.length} validation errors`;
  throw new ServiceError('ValidationException', `${count} detected: ${failures.join('; ')}`);
}

function structureFailures(shape: Structure, input: Record<string, unknown>, path: string): string[] {
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const value = input[name];
    const at = memberPath(path, name);
    if (value !== undefined) return valueFailures(member, value, at);
    return shape.required.includes(name)
      ? [`Value null at '${at}' failed to satisfy constraint: Member must not be null`]
      : [];
  });
}

function valueFailures(shape: Shape, value: unknown, path: string): string[] {
  const failures = constraintFailures(shape, value).map(
    (constraint) => `Value '${showValue(shape, value)}' at '${path}' failed to satisfy constraint: ${constraint}`,
  );
  if (shape.kind === 'structure') return structureFailures(shape, value as Record<string, unknown>, path);
  if (shape.kind === 'list' && shape.of.kind === 'structure') {
    const { of } = shape;
    const items = value as Record<string, unknown>[];
    return failures.concat(items.flatMap((item, index) => structureFailures(of, item, `${path}.${index + 1}.member`)));
  }
  return failures;
}

function constraintFailures(shape: Shape, value: unknown): string[] {
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
      return rangeFailures('length', shape, Object.keys(value as object).length);
    default:
      return [];
  }
}

/** The members of a list of plain values fail together; the form is that of other services of the same family. */
function memberFailures(shape: Shape, items: readonly unknown[]): string[] {
  if (shape.kind !== 'string' || items.every((item) => stringFailures(shape, item as string).length === 0)) return [];
  const { min, max, pattern } = shape;
  const constraints = [
    ...(max === undefined ? [] : [atMost('length', max)]),
    ...(min === undefined ? [] : [atLeast('length', min)]),
    ...(pattern === undefined ? [] : [fits(pattern)]),
  ];
  return [`Member must satisfy constraint: [${constraints.join(', ')}]`];
}

function stringFailures(shape: StringShape, value: string): string[] {
  const { pattern, values } = shape;
  return [
    ...(pattern === undefined || matcher(pattern).test(value) ? [] : [fits(pattern)]),
    ...rangeFailures('length', shape, value.length),
    ...(values === undefined || values.includes(value)
      ? []
      : [`Member must satisfy enum value set: [${values.join(', ')}]`]),
  ];
}

function rangeFailures(what: 'length' | 'value', { min, max }: { min?: number; max?: number }, size: number): string[] {
  if (max !== undefined && size > max) return [atMost(what, max)];
  return min !== undefined && size < min ? [atLeast(what, min)] : [];
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

const matchers = new Map<string, RegExp>();

/** The service asks for the whole text to match, anchors or not. */
function matcher(pattern: string): RegExp {
  let regExp = matchers.get(pattern);
  if (regExp === undefined) {
    regExp = new RegExp(`^(?:${pattern})$`);
    matchers.set(pattern, regExp);
  }
  return regExp;
}
