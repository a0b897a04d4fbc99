export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const spaces = ['', '', '', ' ', '\n', '\t', '\r\n  '];

/** One of the many legal texts of a value: white space anywhere, escapes in names and strings, numbers in any notation. */
export function looseText(value: Json, seed: number): string {
  let state = seed >>> 0;
  const pick = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % count;
  };
  const space = (): string => spaces[pick(spaces.length)] as string;
  const string = (text: string): string => {
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    return `"${units.map((unit) => (pick(6) === 0 ? escaped(unit) : JSON.stringify(String.fromCharCode(unit)).slice(1, -1))).join('')}"`;
  };
  const write = (part: Json): string => {
    if (typeof part === 'string') return string(part);
    if (typeof part === 'number') return pick(3) === 0 ? part.toExponential() : JSON.stringify(part);
    if (part === null || typeof part === 'boolean') return String(part);
    if (Array.isArray(part)) return `[${space()}${part.map((each) => write(each) + space()).join(`,${space()}`)}]`;
    const members = Object.entries(part).map(
      ([name, each]) => `${string(name)}${space()}:${space()}${write(each)}${space()}`,
    );
    return `{${space()}${members.join(`,${space()}`)}}`;
  };
  return `${space()}${write(value)}${space()}`;
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
