import { charDescription, JsonSyntaxError, validTokens } from './json-syntax-error.js';

const maxNumberLength = 1000;
const maxTokenLength = 256;
const identifierStart = /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u;
const identifierPart = /[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}]/u;
const literals = ['true', 'false', 'null'] as const;
const notNumbers = ['NaN', 'Infinity', 'INF'];

/** The offset behind the number that starts at `start`. */
export function readNumber(source: string, start: number): number {
  let at = start;
  if (source.charCodeAt(at) === 0x2d) {
    at++;
    if (!isDigit(source, at))
      throw badNumber(source, at, 'expected digit (0-9) to follow minus sign, for valid numeric value');
  }
  if (source.charCodeAt(at) === 0x30 && isDigit(source, at + 1)) {
    throw new JsonSyntaxError('Invalid numeric value: Leading zeroes not allowed', source, at + 1);
  }
  at = skipDigits(source, at);
  if (source.charCodeAt(at) === 0x2e) {
    if (!isDigit(source, at + 1)) throw badNumber(source, at + 1, 'Decimal point not followed by a digit');
    at = skipDigits(source, at + 1);
  }
  const unit = source.charCodeAt(at);
  if (unit === 0x65 || unit === 0x45) {
    at++;
    const sign = source.charCodeAt(at);
    if (sign === 0x2b || sign === 0x2d) at++;
    if (!isDigit(source, at)) throw badNumber(source, at, 'Exponent indicator not followed by a digit');
    at = skipDigits(source, at);
  }
  if (at - start > maxNumberLength) {
    throw new JsonSyntaxError(
      `Number value length (${at - start}) exceeds the maximum allowed (${maxNumberLength}, from \`StreamReadConstraints.getMaxNumberLength()\`)`,
      source,
      at,
    );
  }
  return at;
}

/** Returns the literal at `start`; undefined if there is no word at all; throws for any other word. */
export function readLiteral(source: string, start: number): 'true' | 'false' | 'null' | undefined {
  if (!identifierStart.test(source.charAt(start))) return undefined;
  let end = start + 1;
  while (end < source.length && identifierPart.test(source.charAt(end))) end++;
  const word = source.slice(start, end);
  for (const literal of literals) if (word === literal) return literal;
  if (notNumbers.includes(word)) {
    throw new JsonSyntaxError(
      `Non-standard token '${word}': enable \`JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS\` to allow`,
      source,
      end,
    );
  }
  const shown = word.length > maxTokenLength ? `${word.slice(0, maxTokenLength)}...` : word;
  throw new JsonSyntaxError(
    `Unrecognized token '${shown}': was expecting ${validTokens}`,
    source,
    start + Math.min(word.length, maxTokenLength),
  );
}

/** The offset of the closing quote of the string whose first character is at `start`. */
export function scanString(source: string, start: number, what: 'name' | 'string'): number {
  for (let at = start; at < source.length; at++) {
    const unit = source.charCodeAt(at);
    if (unit === 0x22) return at;
    if (unit === 0x5c) at = checkEscape(source, at);
    else if (unit < 0x20) {
      const kind = what === 'name' ? 'name' : 'string value';
      throw new JsonSyntaxError(
        `Illegal unquoted character (${charDescription(unit)}): has to be escaped using backslash to be included in ${kind}`,
        source,
        at + 1,
      );
    }
  }
  const message =
    what === 'name'
      ? 'Unexpected end-of-input in field name'
      : 'Unexpected end-of-input: was expecting closing quote for a string value';
  throw new JsonSyntaxError(message, source, source.length);
}

/** The offset of the escape's last character. */
function checkEscape(source: string, backslash: number): number {
  const at = backslash + 1;
  if (at >= source.length) throw cutEscape(source);
  if (source.charAt(at) !== 'u') {
    if ('"\\/bfnrt'.includes(source.charAt(at))) return at;
    const unit = source.charCodeAt(at);
    throw new JsonSyntaxError(`Unrecognized character escape ${charDescription(unit)}`, source, at + 1);
  }
  for (let i = 1; i <= 4; i++) {
    if (at + i >= source.length) throw cutEscape(source);
    const unit = source.charCodeAt(at + i);
    if (!/[0-9a-fA-F]/.test(source.charAt(at + i))) {
      throw new JsonSyntaxError(
        `Unexpected character (${charDescription(unit)}): expected a hex-digit for character escape sequence`,
        source,
        at + i + 1,
      );
    }
  }
  return at + 4;
}

/** From this length on V8 keeps a slice as a place in the whole text, which is compared slowly and holds the whole text. */
const longSlice = 13;

/** Returns the decoded text between two offsets that `scanString` has checked, as a separate string. */
export function decodeString(source: string, start: number, end: number): string {
  const raw = source.slice(start, end);
  return raw.length >= longSlice || raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

function cutEscape(source: string): JsonSyntaxError {
  return new JsonSyntaxError('Unexpected end-of-input in character escape sequence', source, source.length);
}

function badNumber(source: string, at: number, comment: string): JsonSyntaxError {
  // At the end of the text the reader names the last character it saw.
  const seen = Math.min(at, source.length - 1);
  return new JsonSyntaxError(
    `Unexpected character (${charDescription(source.charCodeAt(seen))}) in numeric value: ${comment}`,
    source,
    seen + 1,
  );
}

function isDigit(source: string, at: number): boolean {
  const unit = source.charCodeAt(at);
  return unit >= 0x30 && unit <= 0x39;
}

function skipDigits(source: string, from: number): number {
  let at = from;
  while (isDigit(source, at)) at++;
  return at;
}
