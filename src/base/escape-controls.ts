/** Control characters except the line break, line separators, and characters that change the direction of writing. */
const controlCharacters = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Returns text that a terminal only displays: control characters, which could move its cursor or hide what follows, are written
 * as in JSON, such as `\u001b`.
 */
export function escapeControls(text: string): string {
  return text.replace(controlCharacters, escapeUnit);
}

/** Returns the same on one line: line breaks are escaped too. */
export function escapeLine(text: string): string {
  return escapeControls(text).replaceAll('\n', escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
