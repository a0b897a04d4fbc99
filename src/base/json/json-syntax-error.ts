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
    super(`${reason}\n at ${jacksonLocation(source, offset)}`);
  }
}

/** A character as the service's JSON reader names it: `'x' (code 120)`. */
export function charDescription(unit: number): string {
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return `(CTRL-CHAR, code ${unit})`;
  const hex = unit > 0xff ? ` / 0x${unit.toString(16)}` : '';
  return `'${String.fromCharCode(unit)}' (code ${unit}${hex})`;
}

const maxSourceLength = 500;

/** Returns line and column of an offset, both from 1; `\n`, `\r` and `\r\n` end a line. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let i = 0; i < offset && i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) {
      line++;
      start = i + 1;
    }
  }
  return { line, column: offset - start + 1 };
}

/** A position as the service prints it: `[Source: (String)"…"; line: 1, column: 17]`. */
export function jacksonLocation(text: string, offset: number): string {
  const { line, column } = lineAndColumn(text, offset);
  const omitted = text.length - maxSourceLength;
  const truncated = omitted > 0 ? `[truncated ${omitted} chars]` : '';
  return `[Source: (String)"${escapeControls(text.slice(0, maxSourceLength))}"${truncated}; line: ${line}, column: ${column}]`;
}

function escapeControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\r]/gu, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
