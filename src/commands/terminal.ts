const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Functions that colour a text for a terminal, or leave it as it is. */
export type Colors = Readonly<Record<keyof typeof codes, (text: string) => string>>;

/** The colours, if there is colour. */
export function createColors(color: boolean): Colors {
  const painted = Object.entries(codes).map(([name, [on, off]]) => [
    name,
    (text: string) => (color ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(painted) as Colors;
}

/** Whether to colour: as FORCE_COLOR says, else not where NO_COLOR says anything, else where a terminal has colours. */
export function supportsColor(
  environment: Readonly<Record<string, string | undefined>>,
  terminalHasColors: boolean,
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = environment;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return terminalHasColors && !refused;
}

/** A text on one line that a terminal only shows: what would move its cursor or turn its text round is written as `\u001b`. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** JSON text for a person: what fits the width stands on one line, member names are coloured. */
export function formatJson(value: unknown, width: number, paint: Colors): string {
  return format(value, width, 0, paint);
}

/** `used` columns stand before the value on its line, or behind it. */
function format(value: unknown, width: number, used: number, paint: Colors): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const line = formatInline(value);
  const names = isList ? value.map(() => undefined) : Object.keys(value);
  if (names.length === 0) return line;
  const fits = line.length + used <= width;
  const parts = Object.values(value).map((member, i) => {
    const name = names[i];
    const label = name === undefined ? '' : `${JSON.stringify(name)}: `;
    const painted = name === undefined ? '' : `${paint.cyan(JSON.stringify(name))}: `;
    // The comma behind it counts.
    return painted + format(member, fits ? Number.POSITIVE_INFINITY : width - 2, label.length + 1, paint);
  });
  if (fits) return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  return `${open}\n${indent(parts.join(',\n'), 2)}\n${close}`;
}

function formatInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatInline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${formatInline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Every line moved to the right. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
