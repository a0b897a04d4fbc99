/** How wide a failure is printed, in characters. */
export const width = 80;

/** Control characters but the line break, and those that turn the direction of writing. */
const unseen = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text in which what a terminal would obey is spelled out, as in JSON. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text as one line of at most so many characters. Line breaks and runs of space become one space. */
export function oneLine(text: string, longest = 400): string {
  // The cut comes first: a text may be megabytes long.
  const line = visible(
    text
      .slice(0, longest * 2)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return line.length > longest || text.length > longest * 2 ? `${line.slice(0, longest - 1)}…` : line;
}

/** A word with the space before it. What stands between backticks is one word: code that is cut in two cannot be copied. */
const words = /( *)((?:`[^`]*`|[^ ])+)/g;

/** Behind a label that leaves less room a text goes beyond the width. */
const leastRoom = 20;

/** A text in lines of at most so many characters, broken between words, and within those that are longer. */
export function wrap(text: string, room = width): string[] {
  const columns = Math.max(room, leastRoom);
  const lines: string[] = [];
  let line = '';
  for (const [, space = '', word = ''] of text.matchAll(words)) {
    if (line !== '' && line.length + space.length + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line += line === '' ? word : space + word;
    }
    for (; line.length > columns; line = line.slice(columns)) lines.push(line.slice(0, columns));
  }
  return [...lines, line];
}

/** A paragraph. */
export function paragraph(text: string, indent = '', columns = width): string {
  return wrap(text, columns - indent.length)
    .map((line) => indent + line)
    .join('\n');
}

/** A text behind a label; its further lines stand below its first. */
export function labelled(label: string, text: string, columns = width): string {
  const lines = wrap(text, columns - label.length);
  return lines.map((line, i) => `${i === 0 ? label : ' '.repeat(label.length)}${line}`).join('\n');
}

/** Rows of cells, each column as wide as its widest cell; the last one wraps. */
export function table(rows: readonly (readonly string[])[], indent = '  ', columns = width): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const label = row.slice(0, -1).map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `);
      return labelled(indent + label.join(''), row.at(-1) ?? '', columns);
    })
    .map((text) => text.replace(/ +$/gm, ''))
    .join('\n');
}

/** The beginning of a text that has not enough room. */
export function cut(text: string, longest: number): string {
  const line = oneLine(text);
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** `1 delivery`, `2 deliveries`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** An id; of a long one its end, in which sequential ids differ. */
export function shortId(id: string): string {
  return id.length > 10 ? `…${id.slice(-6)}` : oneLine(id);
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** A span of milliseconds in its two largest units: `12m 40s`, `1d 2h`, `350ms`. */
export function describeSpan(milliseconds: number): string {
  let left = Math.max(0, Math.round(milliseconds));
  if (left < 1000) return `${left}ms`;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const whole = Math.floor(left / size);
    left -= whole * size;
    if (whole > 0) parts.push(`${whole}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** A place in the code as it is named from where the tests were started: the same on every machine. */
export function fromHere(place: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } };
  return place.replace('file://', '').replace(`${process?.cwd?.() ?? ''}/`, '');
}
