/** An id for a node: the same for the same names, another one for others, and no word of the language. */
export function nodeId(kind: string, ...names: readonly string[]): string {
  return `${kind}_${names.join('\0').replace(/[^A-Za-z0-9]/g, encode)}`;
}

/** Reads back from left to right in one way only, so that no two names become one. */
function encode(unit: string): string {
  return `_${unit.charCodeAt(0).toString(16)}_`;
}

/** All that means something to Mermaid, to Markdown or to HTML, and what cannot be seen. */
const unsafe = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|["#$%&'()*:;<>[\\\]^`{|}~]/gu;

const lineBreaks = /\r\n|[\n\r\u0085\u2028\u2029]/;

const longestLine = 120;

/** A label in quotes, each of its lines on a line of its own. */
export function label(...lines: readonly string[]): string {
  return `"${lines
    .flatMap((line) => line.split(lineBreaks))
    .map(escapeLine)
    .join('<br/>')}"`;
}

function escapeLine(line: string): string {
  const points = Array.from(line.slice(0, 2 * longestLine));
  const shown = points.length > longestLine ? `${points.slice(0, longestLine).join('')}…` : line;
  return shown.replace(unsafe, (point) => `#${codeOf(point)};`);
}

/** A half of a surrogate pair is no character: it is shown as what stands for one. */
function codeOf(point: string): number {
  const code = point.codePointAt(0) as number;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0 ? 0xfffd : code;
}
