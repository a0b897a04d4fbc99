const whiteSpace = /[ \t\n\r]/;

/** Removes the white space outside the strings of a valid JSON text, and changes nothing else. */
export function compactJson(text: string): string {
  if (!whiteSpace.test(text)) return text;
  let compact = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
        compact += text.slice(from, at);
        from = at + 1;
        break;
    }
  }
  return compact + text.slice(from);
}

/** The position of the quote that closes the string which opens at `start`. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}
