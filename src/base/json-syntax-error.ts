import { sourceLocation } from './json-location.js';

/** What may stand where a value is expected, in the words of the service's JSON reader. */
export const validTokens = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** Text that is not JSON. `reason` is the bare sentence, `message` adds where it was found. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';

  constructor(
    readonly reason: string,
    readonly source: string,
    readonly offset: number,
  ) {
    super(`${reason}\n at ${sourceLocation(source, offset)}`);
  }
}

/** A character as the service's JSON reader names it: `'x' (code 120)`. */
export function charDescription(unit: number): string {
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return `(CTRL-CHAR, code ${unit})`;
  const hex = unit > 0xff ? ` / 0x${unit.toString(16)}` : '';
  return `'${String.fromCharCode(unit)}' (code ${unit}${hex})`;
}
