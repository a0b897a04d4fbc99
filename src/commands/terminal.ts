import { escapeControls } from '../base/escape-controls.js';
import { indent } from '../testing/layout.js';

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Functions that colour text for a terminal, or return it as it is. */
export type Colors = Readonly<Record<keyof typeof codes, (text: string) => string>>;

export function createColors(color: boolean): Colors {
  const colors = Object.entries(codes).map(([name, [on, off]]) => [
    name,
    (text: string) => (color ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(colors) as Colors;
}

/** Whether to use colour: FORCE_COLOR decides, then NO_COLOR, then the terminal. */
export function supportsColor(
  environment: Readonly<Record<string, string | undefined>>,
  terminalHasColors: boolean,
): boolean {
  const { FORCE_COLOR: force, NO_COLOR: disable } = environment;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return terminalHasColors && !disable;
}

/** Returns a JSON document for standard output. Control characters in strings are escaped, which JSON reads back as they were. */
export function jsonDocument(value: unknown, space?: number): string {
  return `${escapeControls(JSON.stringify(value, null, space))}\n`;
}

/** Returns JSON with coloured member names. Values that fit the width are on one line. */
export function formatJson(value: unknown, width: number, colors: Colors): string {
  return format(value, width, 0, colors);
}

/** `used` columns of the line are taken by what comes before and after the value. */
function format(value: unknown, width: number, used: number, colors: Colors): string {
  if (typeof value !== 'object' || value === null) return formatInline(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const line = formatInline(value);
  const names = isList ? value.map(() => undefined) : Object.keys(value);
  if (names.length === 0) return line;
  const fits = line.length + used <= width;
  const parts = Object.values(value).map((member, i) => {
    const name = names[i];
    const label = name === undefined ? '' : `${formatInline(name)}: `;
    const colored = name === undefined ? '' : `${colors.cyan(formatInline(name))}: `;
    // One more column for the comma.
    return colored + format(member, fits ? Number.POSITIVE_INFINITY : width - 2, label.length + 1, colors);
  });
  if (fits) return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  return `${open}\n${indent(parts.join(',\n'), 2)}\n${close}`;
}

function formatInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatInline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return escapeControls(JSON.stringify(value));
  const members = Object.entries(value).map(([name, member]) => `${formatInline(name)}: ${formatInline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
