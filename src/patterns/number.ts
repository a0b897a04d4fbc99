/**
 * A number that no double stands for exactly, such as 9007199254740993 or 0.1000000000000000055. It equals only its own
 * spelling and takes part in no numeric comparison (recorded from AWS's matcher; `5e-324` is decided as JavaScript prints
 * it, where Java's runtimes disagree among themselves).
 */
export class InexactNumber {
  constructor(readonly text: string) {}
}

/** The value of a JSON number: a double where the double's shortest spelling has the same decimal value. */
export function numberFromText(text: string): number | InexactNumber {
  const value = Number(text);
  // Fifteen digits or fewer, without an exponent, always survive the way into a double and back.
  if (text.length <= 15 && !/[eE]/.test(text)) return value + 0;
  if (String(value) === text) return value;
  if (!Number.isFinite(value) || canonicalDecimal(text) !== canonicalDecimal(String(value))) {
    return new InexactNumber(text);
  }
  return value + 0;
}

/** Sign, digits without outer zeros, and the power of ten of the last digit: equal for equal decimals. */
function canonicalDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}
