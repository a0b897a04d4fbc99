const longestSource = 500;

/** Where an offset lies in a text: line and column, both from 1; `\n`, `\r` and `\r\n` end a line. */
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
export function sourceLocation(text: string, offset: number): string {
  const { line, column } = lineAndColumn(text, offset);
  const cut = text.length - longestSource;
  const more = cut > 0 ? `[truncated ${cut} chars]` : '';
  return `[Source: (String)"${escapeControls(text.slice(0, longestSource))}"${more}; line: ${line}, column: ${column}]`;
}

function escapeControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\r]/gu, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
