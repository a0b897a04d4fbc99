import { isArray } from '../base/unknown-value.js';
import { isAsymmetric, isPlain, memberPath, showValue } from './plain-values.js';

const mostDepth = 20;

/** A sentence about the first value that no JSON can hold, which therefore nothing equals; `undefined` is a missing member. */
export function describeForeign(values: unknown): string | undefined {
  const describe = (value: unknown, path: string, depth: number): string | undefined => {
    if (isAsymmetric(value) || depth > mostDepth) return undefined;
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
