/** `indexOf` compares up to this many characters anew at each place, and is the quickest for so few. */
const shortText = 64;

/** The first place of `wanted` in `text` from an offset on, or -1: in linear time, whatever repeats itself in them. */
export function findText(text: string, wanted: string, from: number): number {
  if (wanted.length <= shortText) return text.indexOf(wanted, from);
  if (text.length - from < wanted.length) return -1;
  const borders = bordersOf(wanted);
  let fitting = 0;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (fitting > 0 && unit !== wanted.charCodeAt(fitting)) fitting = borders[fitting - 1] as number;
    if (unit === wanted.charCodeAt(fitting)) fitting++;
    if (fitting === wanted.length) return at + 1 - fitting;
  }
  return -1;
}

/** For each beginning of a text, how much of its own beginning it ends with (Knuth, Morris and Pratt). */
function bordersOf(text: string): Int32Array {
  const borders = new Int32Array(text.length);
  let length = 0;
  for (let i = 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    while (length > 0 && unit !== text.charCodeAt(length)) length = borders[length - 1] as number;
    if (unit === text.charCodeAt(length)) length++;
    borders[i] = length;
  }
  return borders;
}
