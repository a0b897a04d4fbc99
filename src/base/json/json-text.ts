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

/** True if objects and arrays of a JSON text stand more than `limit` deep in one another. Of valid JSON; of other text it may miss a few levels more. */
export function exceedsDepth(text: string, limit: number): boolean {
  // Each level has an opening and a closing bracket.
  if (text.length <= 2 * limit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x7b:
      case 0x5b:
        if (++depth > limit) return true;
        break;
      case 0x7d:
      case 0x5d:
        depth--;
        break;
    }
  }
  return false;
}

/** Returns the number of bytes of a string in UTF-8; a lone surrogate counts as U+FFFD, by which encoders replace it. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1))) {
      bytes += 2;
      at++;
    } else bytes += 2;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

const start = /^/;

/**
 * Returns the same string in one piece. V8 keeps a concatenated string as a tree, which takes half as much memory again, until
 * it is read completely. Used for strings that are stored for long.
 */
export function flattenString(text: string): string {
  start.test(text);
  return text;
}
