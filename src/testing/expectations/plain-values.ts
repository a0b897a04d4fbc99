import { describeValue, isArray } from '../../base/unknown-value.js';
import { truncate } from '../layout.js';

/** An asymmetric matcher, such as `expect.any(String)`, of any library. */
export interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

export function isAsymmetric(value: unknown): value is Asymmetric {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<Asymmetric>).asymmetricMatch === 'function'
  );
}

/** Whether a value is an object that only holds members. It may come from another realm: Jest runs tests in one of their own. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function memberPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const maxTextLength = 80;

/** Returns a scalar as JSON has it, and for anything else what kind of value it is. */
export function formatValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (isAsymmetric(value)) return formatMatcher(value);
  if (typeof value === 'object' && value !== null && !isArray(value) && !isPlain(value)) return `a ${className(value)}`;
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return describeValue(value);
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}

/** The class that a built-in object has, whatever its realm. */
function className(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Returns `Any<String>` for `expect.any(String)`, if the matcher can print itself. */
function formatMatcher(matcher: Asymmetric): string {
  const { toAsymmetricMatcher: printer, sample } = matcher as { toAsymmetricMatcher?: unknown; sample?: unknown };
  try {
    if (typeof printer === 'function') return truncate(String(printer.call(matcher)), maxTextLength);
  } catch {
    // Some printers need state of their own library.
  }
  return truncate(`${String(matcher)}${formatSample(sample)}`, maxTextLength);
}

/** Returns the argument of `expect.arrayContaining(['z'])` and the like. */
function formatSample(sample: unknown): string {
  if (sample === undefined) return '';
  if (isArray(sample)) return `<${formatArray(sample)}>`;
  if (isPlain(sample) && !isAsymmetric(sample)) return `<${describeLeaves(sample, maxElements).join(', ')}>`;
  return `<${className(sample) === 'RegExp' ? String(sample) : formatValue(sample)}>`;
}

const maxDepth = 8;

/** Returns each value that is not an object, as `path = value`, at most `max`. */
export function describeLeaves(values: object, max: number): string[] {
  const lines: string[] = [];
  const describe = (value: unknown, path: string, depth: number): void => {
    if (lines.length >= max) return;
    const names = isPlain(value) && !isAsymmetric(value) && depth < maxDepth ? Object.keys(value) : [];
    if (names.length === 0) lines.push(`${path} = ${isArray(value) ? formatArray(value) : formatValue(value)}`);
    else
      for (const name of names) describe((value as Record<string, unknown>)[name], memberPath(path, name), depth + 1);
  };
  for (const name of Object.keys(values)) describe((values as Record<string, unknown>)[name], name, 1);
  return lines;
}

const maxElements = 5;

function formatArray(values: readonly unknown[]): string {
  const more = values.length > maxElements ? [`${values.length - maxElements} more`] : [];
  return `[${[...values.slice(0, maxElements).map(formatValue), ...more].join(', ')}]`;
}

const maxJsonDepth = 20;

/**
 * Describes the first expected value that JSON cannot hold, and that therefore no event has. `undefined` is allowed: it means
 * that a member is missing.
 */
export function describeNonJson(values: unknown): string | undefined {
  const describe = (value: unknown, path: string, depth: number): string | undefined => {
    if (isAsymmetric(value) || depth > maxJsonDepth) return undefined;
    if (isArray(value))
      return first(
        value.map((item, i) => [`${path}[${i}]`, item] as const),
        depth,
      );
    if (isPlain(value)) {
      return first(
        Object.keys(value).map((name) => [memberPath(path, name), value[name]] as const),
        depth,
      );
    }
    const name = path === '' ? 'It' : path;
    switch (className(value)) {
      case 'RegExp':
        return `${name} is a RegExp. Use expect.stringMatching(${String(value)}).`;
      case 'Date':
        return `${name} is a Date, but events hold JSON: ${formatTime(value as Date)}.`;
    }
    const isJson = typeof value === 'number' ? Number.isFinite(value) : isJsonScalar(value);
    const what = typeof value === 'bigint' ? 'a bigint' : formatValue(value);
    return isJson ? undefined : `${name} is ${what}, which JSON cannot hold.`;
  };
  const first = (members: readonly (readonly [string, unknown])[], depth: number): string | undefined => {
    for (const [path, value] of members) {
      const found = describe(value, path, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return describe(values, '', 0);
}

function isJsonScalar(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean';
}

function formatTime(date: Date): string {
  const text = Number.isNaN(date.getTime()) ? 'an ISO string' : date.toISOString().replace('.000Z', 'Z');
  return JSON.stringify(text);
}
