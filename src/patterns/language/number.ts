/**
 * A number whose digits may be more exact than any double, such as 9007199254740993. If they are, it takes part in no numeric
 * comparison: an integer equals only the same digits, any other number equals nothing (recorded). `5e-324` counts as exact
 * because JavaScript prints it so, where Java's runtimes differ.
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
const isSurelyExact = 15;

/**
 * A number of an event. The service reads a number with a point or an exponent as a double, and keeps the digits of an integer
 * (recorded).
 */
export function eventNumber(text: string): number | LongNumber {
  const number = numberFromText(text);
  if (typeof number === 'number' || isInteger(text)) return number;
  return Number.isFinite(number.value) ? number.value : number;
}

/** Whether a JSON number has neither a point nor an exponent. */
export function isInteger(text: string): boolean {
  return !/[.eE]/.test(text);
}

/** A number of a pattern. */
export function numberFromText(text: string): number | LongNumber {
  return text.length <= isSurelyExact && !/[eE]/.test(text) ? Number(text) + 0 : new LongNumber(text);
}

/** Returns the double that equals a number, or undefined if none does. */
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

const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;

/** Powers of ten that a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** Those of seventeen digits behind a few zeros; more places than `powers` has would not fit in them. */
const maxCharacters = 22;
const maxDigits = 17;

/** This many digits always survive a conversion to a double and back. */
const exactDigits = 15;

/**
 * The double whose shortest spelling has the same decimal value as the JSON number in `bytes[start…end)`: one look at each digit,
 * and some twenty operations for 16 or 17 digits. Undefined if no double has, or if that cannot be decided so quickly.
 */
export function readDecimal(bytes: Uint8Array, start: number, end: number): number | undefined {
  const isNegative = bytes[start] === minus;
  let at = isNegative ? start + 1 : start;
  if (end - at > maxCharacters) return undefined;
  // The first nine digits, and those that follow.
  let high = 0;
  let low = 0;
  let digits = 0;
  let fraction = -1;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit < 0 || digit > 9) {
      if (bytes[at] !== point || fraction >= 0) return undefined;
      fraction = 0;
      continue;
    }
    if (fraction >= 0) fraction++;
    if (digits === 0 && digit === 0) continue;
    if (digits < 9) high = high * 10 + digit;
    else low = low * 10 + digit;
    digits++;
  }
  if (digits > maxDigits) return undefined;
  const scale = powers[Math.max(fraction, 0)] as number;
  const shift = powers[Math.max(digits - 9, 0)] as number;
  const value = digits <= exactDigits ? (high * shift + low) / scale : quotient(high * shift, low, scale);
  return isNegative && value !== undefined ? 0 - value : value;
}

/** Nearer to a limit than this, it may be on either side. */
const margin = 1e-6;
const aboveHalf = (1 + 2 ** -30) / 2;

/**
 * The double nearest to (a + b) / scale, if a + b are the digits of its shortest spelling. Sums and products are taken together
 * with what rounding cuts off (Dekker 1971), so that the distance between the double and the decimal is known.
 */
function quotient(a: number, b: number, scale: number): number | undefined {
  const sum = a + b;
  const truncated = b - (sum - a);
  const first = sum / scale;
  const value = first + rest(sum, truncated, first, scale) / scale;
  // All that follows is in units of the last digit.
  const distance = rest(sum, truncated, value, scale);
  const unit = value * 2 ** -52;
  const ulp = value + unit * aboveHalf - value;
  // Below a power of two doubles lie closer. This finds a few more, right below the next one.
  if (value - (unit / 2) * aboveHalf !== value) return undefined;
  const exponentRange = (ulp / 2) * scale;
  if (Math.abs(distance) > exponentRange - margin || Math.abs(distance) > 0.5 - margin) return undefined;
  const last = b % 10;
  // A spelling with fewer digits must not lead to the same double.
  if (last - distance < exponentRange + margin || 10 - last + distance < exponentRange + margin) return undefined;
  return value;
}

/** sum + cut - value × scale. */
function rest(sum: number, truncated: number, value: number, scale: number): number {
  const product = value * scale;
  const v = head(value);
  const s = head(scale);
  const droppedDigits = v * s - product + v * (scale - s) + (value - v) * s + (value - v) * (scale - s);
  return sum - product - droppedDigits + truncated;
}

/** The upper half of a double's bits. */
function head(value: number): number {
  const scaled = value * 134_217_729;
  return scaled - (scaled - value);
}
