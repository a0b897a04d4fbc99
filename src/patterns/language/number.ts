/**
 * A number of an event or pattern whose spelling may be more exact than any double, such as 9007199254740993 or
 * 0.1000000000000000055. If it is, it equals only its own spelling and takes part in no numeric comparison (recorded from
 * AWS's matcher; `5e-324` is decided as JavaScript prints it, where Java's runtimes disagree among themselves).
 */
export class LongNumber {
  #value: number | undefined;
  #isExact: boolean | undefined;

  constructor(readonly text: string) {}

  /** The nearest double. */
  get value(): number {
    this.#value ??= Number(this.text) + 0;
    return this.#value;
  }

  /** Whether the double's shortest spelling has the same decimal value. Most numbers need not be asked: it takes long. */
  get isExact(): boolean {
    this.#isExact ??= Number.isFinite(this.value) && this.#isShortest();
    return this.#isExact;
  }

  #isShortest(): boolean {
    // JSON.stringify is quicker than String, which keeps what it has made.
    const shortest = JSON.stringify(this.value);
    return shortest === this.text || canonicalDecimal(shortest) === canonicalDecimal(this.text);
  }
}

/** Fifteen digits or fewer, without an exponent, always survive the way into a double and back. */
const surelyExact = 15;

/** A number as it is spelled in JSON. */
export function numberFromText(text: string): number | LongNumber {
  return text.length <= surelyExact && !/[eE]/.test(text) ? Number(text) + 0 : new LongNumber(text);
}

/** The double that stands for a number, or undefined where none does exactly. */
export function exactValue(number: number | LongNumber): number | undefined {
  if (typeof number === 'number') return number;
  return number.isExact ? number.value : undefined;
}

/** Sign, digits without outer zeros, and the power of ten of the last digit: equal for equal decimals. */
function canonicalDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  let length = digits.length;
  // The expression /0+$/ would look at the rest of each run of zeros again for every zero of it.
  while (digits[length - 1] === '0') length--;
  if (length === 0) return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - length);
  return `${sign}${digits.slice(0, length)}e${power}`;
}
