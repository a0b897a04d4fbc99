import { pluralize } from '../base/describe.js';
import { escapeControls } from '../base/escape-controls.js';

/** Columns of a failure message. */
export const width = 80;

/** Returns the text as one line of limited length. Line breaks and runs of space become one space. */
export function oneLine(text: string, maxLength = 400): string {
  // Truncated first, because the text may be megabytes long.
  const line = escapeControls(
    text
      .slice(0, maxLength * 2)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return line.length > maxLength || text.length > maxLength * 2 ? `${line.slice(0, maxLength - 1)}…` : line;
}

/** A word and the space before it. Code between backticks is one word, so that it can be copied. */
const words = /( *)((?:`[^`]*`|[^ ])+)/g;

/** Text behind a wide label gets at least this width, even beyond the line's end. */
const minColumnWidth = 20;

/** Breaks a text into lines between words, and within words that are longer than a line. */
export function wrap(text: string, columns = width): string[] {
  const room = Math.max(columns, minColumnWidth);
  const lines: string[] = [];
  let line = '';
  for (const [, space = '', word = ''] of text.matchAll(words)) {
    if (line !== '' && line.length + space.length + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line += line === '' ? word : space + word;
    }
    for (; line.length > room; line = line.slice(room)) lines.push(line.slice(0, room));
  }
  return [...lines, line];
}

/** Returns the text wrapped, each line indented. */
export function paragraph(text: string, indent = '', columns = width): string {
  return wrap(text, columns - indent.length)
    .map((line) => indent + line)
    .join('\n');
}

/** Returns the text behind a label; further lines start below its first. */
export function labelled(label: string, text: string, columns = width): string {
  const lines = wrap(text, columns - label.length);
  return lines.map((line, i) => `${i === 0 ? label : ' '.repeat(label.length)}${line}`).join('\n');
}

/** Returns rows of cells in columns; the last cell of a row wraps. */
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

/** Returns every line that is not empty moved to the right. */
export function indent(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}

/** Returns the start of the text, on one line. */
export function truncate(text: string, maxLength: number): string {
  const line = oneLine(text);
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

/** Returns the first lines of a list and, if there are more, how many. */
export function firstLines(lines: readonly string[], max: number, indent = '  '): string[] {
  return lines.length > max ? [...lines.slice(0, max), `${indent}and ${lines.length - max} more`] : [...lines];
}

/** Returns an id; of a long one the end, in which sequential ids differ. */
export function shortId(id: string): string {
  return id.length > 10 ? `…${oneLine(id.slice(-6))}` : oneLine(id);
}

export function isOrAre(number: number): string {
  return number === 1 ? 'is' : 'are';
}

export function wasOrWere(number: number): string {
  return number === 1 ? 'was' : 'were';
}

/** `1 delivery`, `2 deliveries`. */
export function deliveries(number: number): string {
  return pluralize(number, 'delivery', 'deliveries');
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Returns milliseconds in their two largest units: `12m 40s`, `1d 2h`, `350ms`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds));
  if (rest < 1000) return `${rest}ms`;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) parts.push(`${whole}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** Returns a code location relative to the working directory: the same on every machine. */
export function relativePath(location: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } };
  return location.replace('file://', '').replace(`${process?.cwd?.() ?? ''}/`, '');
}
