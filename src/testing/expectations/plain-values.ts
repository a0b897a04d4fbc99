import { describeValue, isArray } from '../../base/unknown-value.js';
import { cut } from '../layout.js';

/** An asymmetric matcher of any `expect`: it decides what it equals. */
export interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

export function isAsymmetric(value: unknown): value is Asymmetric {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<Asymmetric>).asymmetricMatch === 'function'
  );
}

/** An object that only holds members, of another realm too: test runners run tests in one of their own. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function memberPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const longestText = 80;

/** A value for a sentence: a scalar as it is written, of anything else what it is. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (isAsymmetric(value)) return showMatcher(value);
  if (typeof value === 'object' && value !== null && !isArray(value) && !isPlain(value)) {
    return `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
  }
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return describeValue(value);
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** `expect.any(String)` is printed as `Any<String>` by those that can. */
function showMatcher(matcher: Asymmetric): string {
  const { toAsymmetricMatcher: printer, sample } = matcher as { toAsymmetricMatcher?: unknown; sample?: unknown };
  try {
    if (typeof printer === 'function') return cut(String(printer.call(matcher)), longestText);
  } catch {
    // Not every printer can do without the rest of its library.
  }
  return cut(`${String(matcher)}${showSample(sample)}`, longestText);
}

/** What `expect.arrayContaining(['z'])` and its like are made of. */
function showSample(sample: unknown): string {
  if (sample === undefined) return '';
  if (isArray(sample)) return `<${showArray(sample)}>`;
  if (isPlain(sample) && !isAsymmetric(sample)) return `<${describeLeaves(sample, mostElements).join(', ')}>`;
  return `<${sample instanceof RegExp ? String(sample) : showValue(sample)}>`;
}

const mostDepth = 8;

/** Each value that is no object, as `path = value`, up to so many. */
export function describeLeaves(values: object, most: number): string[] {
  const lines: string[] = [];
  const describe = (value: unknown, path: string, depth: number): void => {
    if (lines.length >= most) return;
    const names = isPlain(value) && !isAsymmetric(value) && depth < mostDepth ? Object.keys(value) : [];
    if (names.length === 0) lines.push(`${path} = ${isArray(value) ? showArray(value) : showValue(value)}`);
    else
      for (const name of names) describe((value as Record<string, unknown>)[name], memberPath(path, name), depth + 1);
  };
  for (const name of Object.keys(values)) describe((values as Record<string, unknown>)[name], name, 1);
  return lines;
}

const mostElements = 5;

function showArray(values: readonly unknown[]): string {
  const more = values.length > mostElements ? [`${values.length - mostElements} more`] : [];
  return `[${[...values.slice(0, mostElements).map(showValue), ...more].join(', ')}]`;
}

const maxJsonDepth = 20;

/** A sentence about the first value that no JSON can hold, which therefore nothing equals; `undefined` is a missing member. */
export function describeForeign(values: unknown): string | undefined {
  const describe = (value: unknown, path: string, depth: number): string | undefined => {
    if (isAsymmetric(value) || depth > maxJsonDepth) return undefined;
    if (isArray(value))
      return first(
        value.map((item, i) => [`${path}[${i}]`, item]),
        depth,
      );
    if (isPlain(value))
      return first(
        Object.keys(value).map((name) => [memberPath(path, name), value[name]]),
        depth,
      );
    const name = path === '' ? 'It' : path;
    if (value instanceof RegExp) return `${name} is a RegExp. Use expect.stringMatching(${String(value)}).`;
    if (value instanceof Date) return `${name} is a Date, but what is sent is JSON: ${showTime(value)}.`;
    const isJson = value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
    const what = typeof value === 'bigint' ? 'a bigint' : showValue(value);
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

function showTime(date: Date): string {
  const text = Number.isNaN(date.getTime()) ? 'an ISO text' : date.toISOString().replace('.000Z', 'Z');
  return JSON.stringify(text);
}
