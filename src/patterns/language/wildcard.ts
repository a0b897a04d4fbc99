import { utf8Encoder } from '../../base/utf8.js';
import { InvalidPattern } from './pattern-reader.js';

/** A wildcard pattern cut at its stars: `a*b` is `['a', 'b']`, `*` is `['', '']`. */
export type WildcardSegments = readonly string[];

/** Positions in its sentences count UTF-8 bytes from the opening quote, as the service's do. */
export function parseWildcard(text: string): WildcardSegments {
  const segments: string[] = [];
  let segment = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    if (unit === '\\') {
      const next = text.charAt(at + 1);
      if (next !== '*' && next !== '\\') {
        throw new InvalidPattern('invalid-operand', `Invalid escape character at pos ${position(text, at)}`);
      }
      segment += next;
      at++;
    } else if (unit === '*') {
      if (text.charAt(at + 1) === '*') {
        throw new InvalidPattern('invalid-operand', `Consecutive wildcard characters at pos ${position(text, at)}`);
      }
      segments.push(segment);
      segment = '';
    } else {
      segment += unit;
    }
  }
  segments.push(segment);
  return segments;
}

/**
 * Takes the leftmost place for each segment in turn, so the work stays linear in the text however many stars there are:
 * if any placing works, the leftmost one does.
 */
export function wildcardMatches(segments: WildcardSegments, value: string): boolean {
  const first = segments[0] as string;
  const last = segments[segments.length - 1] as string;
  if (segments.length === 1) return value === first;
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  const end = value.length - last.length;
  let at = first.length;
  for (let i = 1; i < segments.length - 1; i++) {
    const segment = segments[i] as string;
    const found = findText(value, segment, at);
    if (found < 0 || found + segment.length > end) return false;
    at = found + segment.length;
  }
  return true;
}

function position(text: string, offset: number): number {
  return utf8Encoder().encode(text.slice(0, offset)).length + 1;
}

/** `indexOf` compares up to this many characters anew at each place, and is the quickest for so few. */
const shortText = 64;

/** The first place of `wanted` in `text` from an offset on, or -1: in linear time, whatever repeats itself in them. */
export function findText(text: string, wanted: string, from: number): number {
  if (wanted.length <= shortText) return text.indexOf(wanted, from);
  if (text.length - from < wanted.length) return -1;
  const borders = bordersOf(wanted);
  let prefixLength = 0;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (prefixLength > 0 && unit !== wanted.charCodeAt(prefixLength))
      prefixLength = borders[prefixLength - 1] as number;
    if (unit === wanted.charCodeAt(prefixLength)) prefixLength++;
    if (prefixLength === wanted.length) return at + 1 - prefixLength;
  }
  return -1;
}

/** For each prefix of a string, the length of its longest border (Knuth, Morris and Pratt). */
function bordersOf(text: string): Int32Array {
  const borders = new Int32Array(text.length);
  let length = 0;
  for (let i = 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    while (length > 0 && unit !== text.charCodeAt(length)) length = borders[length - 1] as number;
    if (unit === text.charCodeAt(length)) length++;
    borders[i] = length;
  }
  return borders;
}
