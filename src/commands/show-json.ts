import type { Paint } from './paint.js';

/** JSON text for a person: what fits the width stands on one line, member names are coloured. */
export function showJson(value: unknown, width: number, paint: Paint): string {
  return show(value, width, 0, paint);
}

/** `used` columns stand before the value on its line, or behind it. */
function show(value: unknown, width: number, used: number, paint: Paint): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const line = inline(value);
  const names = isList ? value.map(() => undefined) : Object.keys(value);
  if (names.length === 0) return line;
  const fits = line.length + used <= width;
  const parts = Object.values(value).map((member, i) => {
    const name = names[i];
    const label = name === undefined ? '' : `${JSON.stringify(name)}: `;
    const painted = name === undefined ? '' : `${paint.cyan(JSON.stringify(name))}: `;
    // The comma behind it counts.
    return painted + show(member, fits ? Number.POSITIVE_INFINITY : width - 2, label.length + 1, paint);
  });
  if (fits) return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  return `${open}\n${indent(parts.join(',\n'), 2)}\n${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Every line moved to the right. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
