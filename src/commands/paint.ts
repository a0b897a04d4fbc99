const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Functions that colour a text for a terminal, or leave it as it is. */
export type Paint = Readonly<Record<keyof typeof codes, (text: string) => string>>;

/** The colours, if there is colour. */
export function paint(color: boolean): Paint {
  const painted = Object.entries(codes).map(([name, [on, off]]) => [
    name,
    (text: string) => (color ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(painted) as Paint;
}
