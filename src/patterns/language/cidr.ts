import { InvalidPattern } from './pattern-reader.js';

/** An address as the service compares it: 8 hex digits in upper case for IPv4, 32 for IPv6. */
export type AddressDigits = string;

/** The addresses from `first` to `last`, both as digits of one length. */
export interface AddressBlock {
  readonly first: AddressDigits;
  readonly last: AddressDigits;
}

const v4Shape = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const v6Units = /^[0-9a-fA-F:]+$/;
const mappedV4 = '00000000000000000000FFFF';

/**
 * The address that a string spells, or undefined. As recorded: leading zeros are decimal, a v6 address that maps a v4 address is
 * that v4 address, and there are no zone ids.
 */
export function parseAddress(text: string): AddressDigits | undefined {
  if (v4Shape.test(text)) return text.length > 15 ? undefined : v4(text);
  return hasV6Shape(text) ? v6(text) : undefined;
}

/** The block that `10.0.0.0/8` names. Throws an InvalidPattern with the service's sentence for anything else. */
export function parseCidr(text: string): AddressBlock {
  const parts = text.split('/');
  while (parts.at(-1) === '') parts.pop();
  const [address, mask] = parts;
  if (parts.length !== 2 || address === undefined || mask === undefined) {
    throw new InvalidPattern('invalid-operand', "Malformed CIDR, one '/' required");
  }
  if (!/^[+-]?[0-9]+$/.test(mask) || Math.abs(Number(mask)) > 0x7fffffff) {
    throw new InvalidPattern('invalid-operand', 'Malformed CIDR, mask bits must be an integer');
  }
  const bits = Number(mask);
  if (bits < 0) throw new InvalidPattern('invalid-operand', 'Malformed CIDR, mask bits must not be negative');
  if (!v4Shape.test(address) && !hasV6Shape(address)) {
    throw new InvalidPattern('invalid-operand', `Nonstandard IP address: ${address}`);
  }
  const digits = parseAddress(address);
  if (digits === undefined) throw new InvalidPattern('invalid-operand', `Invalid IP address: ${address}`);
  const width = digits.length * 4;
  if (bits >= width) {
    throw new InvalidPattern('invalid-operand', `IPv${width === 32 ? 4 : 6} mask bits must be < ${width}`);
  }
  return blockOf(digits, bits);
}

function blockOf(digits: AddressDigits, bits: number): AddressBlock {
  const whole = Math.floor(bits / 4);
  const host = 0xf >> (bits % 4);
  const digit = Number.parseInt(digits.charAt(whole), 16);
  const rest = digits.length - whole - 1;
  const kept = digits.slice(0, whole);
  return {
    first: kept + hex(digit & ~host) + '0'.repeat(rest),
    last: kept + hex(digit | host) + 'F'.repeat(rest),
  };
}

/**
 * Whether an address, or a number as it is spelled, is in a block. The service compares digit by digit and decides as soon as it
 * can, whatever follows: `10.0.0.0/8` holds `aff:1::5`, and `16.0.0.0/8` holds the number 101 (recorded).
 */
export function blockHolds({ first, last }: AddressBlock, digits: string): boolean {
  let isFirst = true;
  let isLast = true;
  for (let i = 0; i < first.length; i++) {
    const digit = digits.charCodeAt(i);
    if (!isHexDigit(digit)) return false;
    const low = first.charCodeAt(i);
    const high = last.charCodeAt(i);
    if ((isFirst && digit < low) || (isLast && digit > high)) return false;
    isFirst &&= digit === low;
    isLast &&= digit === high;
    if (!isFirst && !isLast) return true;
  }
  return true;
}

/** Of the digits in upper case; the codes of letters come after those of digits. */
function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46);
}

/** In two steps: one expression for both would try each of many colons in turn. */
function hasV6Shape(text: string): boolean {
  return text.includes(':') && v6Units.test(text);
}

function v4(text: string): AddressDigits | undefined {
  const parts = text.split('.').map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.map((part) => hex(part, 2)).join('');
}

function v6(text: string): AddressDigits | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || text.includes(':::')) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  if (halves.length === 1 ? count !== 8 : count > 7) return undefined;
  const [before = [], after = []] = groups.map((half) => half.map((group) => Number.parseInt(group, 16)));
  const all = [...before, ...Array.from({ length: 8 - count }, () => 0), ...after];
  if (!all.every((group) => group <= 0xffff)) return undefined;
  const digits = all.map((group) => hex(group, 4)).join('');
  return digits.startsWith(mappedV4) ? digits.slice(mappedV4.length) : digits;
}

function hex(number: number, length = 1): string {
  return number.toString(16).toUpperCase().padStart(length, '0');
}
