import { isServiceError, ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import { readTime } from '../events/envelope.js';
import type { ListShape, Shape, Structure } from './shape.js';

const maxListLength = 10_000;
const maxInteger = 2 ** 31;

/**
 * Copies an input member by member as its shape says, so that nothing behind this line meets a getter, a Proxy or a
 * value that changes: what comes out has only known members, of the right types. `null` counts as absent, as in the
 * service's JSON. Unknown members are ignored. Timestamps become epoch seconds. `path` is the input's path in a request.
 */
export function readInput(shape: Structure, input: unknown, path: MemberPath = []): Record<string, unknown> {
  try {
    return readStructure(shape, input === undefined ? {} : input, path);
  } catch (error) {
    if (isMalformedInputError(error)) throw error;
    throw new MalformedInputError('The input cannot be read: one of its members throws an error.');
  }
}

function readStructure(shape: Structure, input: unknown, path: MemberPath): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw typeMismatch('an object', input, path);
  const copy: Record<string, unknown> = {};
  for (const member of shape.inOrder) {
    const value = (input as Record<string, unknown>)[member.name];
    if (value === undefined || value === null) continue;
    path.push(member.label);
    copy[member.name] = readValue(member.shape, value, path);
    path.pop();
  }
  return copy;
}

function readValue(shape: Shape, input: unknown, path: MemberPath): unknown {
  switch (shape.kind) {
    case 'string':
      if (typeof input !== 'string') throw typeMismatch('a string', input, path);
      return input;
    case 'integer':
      return readInteger(input, path, shape.isClamped === true);
    case 'boolean':
      if (typeof input !== 'boolean') throw typeMismatch('a boolean', input, path);
      return input;
    case 'timestamp':
      return readTimestamp(input, path);
    case 'list':
      return readList(shape, input, path);
    case 'map':
      return readMap(input, path);
    case 'structure':
      return readStructure(shape, input, path);
  }
}

function readInteger(input: unknown, path: MemberPath, isClamped: boolean): number {
  if (typeof input !== 'number' || !Number.isInteger(input)) throw typeMismatch('an integer', input, path);
  if (input >= -maxInteger && input < maxInteger) return input;
  if (isClamped) return input < 0 ? -maxInteger : maxInteger - 1;
  throw new MalformedInputError(`Member '${formatPath(path)}' must be an integer of 32 bits, but is ${input}.`);
}

function readTimestamp(input: unknown, path: MemberPath): number {
  const seconds = readTime(input);
  if (seconds !== undefined) return seconds;
  const actual = typeof input === 'string' ? JSON.stringify(input.slice(0, 40)) : describeTime(input);
  throw new MalformedInputError(
    `Member '${formatPath(path)}' must be a Date, a number of seconds since 1970 or a string such as 2026-01-02T03:04:05Z, of the years 0 to 9999, but is ${actual}.`,
  );
}

function describeTime(input: unknown): string {
  return typeof input === 'number' && Number.isFinite(input) ? `${input} seconds` : describeValue(input);
}

function readList(shape: ListShape, input: unknown, path: MemberPath): unknown[] {
  if (!Array.isArray(input)) throw typeMismatch('a list', input, path);
  const { length } = input;
  if (length > maxListLength)
    throw new MalformedInputError(`Member '${formatPath(path)}' has ${length} members, more than are read.`);
  const copy: unknown[] = [];
  for (let index = 0; index < length; index++) {
    path.push(index);
    copy.push(readValue(shape.of, input[index], path));
    path.pop();
  }
  return copy;
}

function readMap(input: unknown, path: MemberPath): Record<string, string> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw typeMismatch('an object', input, path);
  const copy: [string, string][] = [];
  for (const key of Object.keys(input)) {
    const value = (input as Record<string, unknown>)[key];
    if (typeof value !== 'string') throw typeMismatch('a string', value, [...path, key]);
    copy.push([key, value]);
  }
  // Not by assignment: a key `__proto__` is a key.
  return Object.fromEntries(copy);
}

function typeMismatch(expected: string, actual: unknown, path: MemberPath): MalformedInputError {
  return new MalformedInputError(
    `${path.length === 0 ? 'The input' : `Member '${formatPath(path)}'`} must be ${expected}, but is ${describeValue(actual)}.`,
  );
}

const malformedBrand = Symbol.for('footbridge.MalformedInput');

/**
 * An input of the wrong shape: a number where the API has a string. A call in process is rejected as
 * `ValidationException`; over the wire the same fault is a `SerializationException`, as the service names it.
 * The sentences are Footbridge's.
 */
export class MalformedInputError extends ServiceError {
  constructor(message: string) {
    super('ValidationException', message);
  }

  /** Recognises errors of a second copy of the package too. */
  get [malformedBrand](): true {
    return true;
  }
}

export function isMalformedInputError(error: unknown): error is MalformedInputError {
  return isServiceError(error) && malformedBrand in error;
}

/** Where a walk through an input stands, from the outside in: labels of members, and places in lists from 0. */
export type MemberPath = (string | number)[];

/** The path as the service spells it: `targets.1.member.id`. */
export function formatPath(path: Readonly<MemberPath>): string {
  return path.map((step) => (typeof step === 'number' ? `${step + 1}.member` : step)).join('.');
}
