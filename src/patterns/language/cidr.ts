import { InvalidPattern } from './pattern-reader.js';

/** The addresses of one family from `first` to `last`; those of IPv4 fit into numbers. */
export type AddressBlock =
  | { readonly family: 4; readonly first: number; readonly last: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint };

const v4Shape = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const v6Units = /^[0-9a-fA-F:]+$/;
const mappedV4 = 0xffffn << 32n;

/**
 * The address a text spells, as a block of one, or undefined. As recorded: leading zeros are decimal, a v6 address that maps
 * a v4 address is that v4 address, and there are no zone ids.
 */
export function parseAddress(text: string): AddressBlock | undefined {
  if (v4Shape.test(text)) return text.length > 15 ? undefined : v4(text);
  return hasV6Shape(text) ? v6(text) : undefined;
}

/** The block that `10.0.0.0/8` names. Throws the service's sentence for anything else. */
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
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new InvalidPattern('invalid-operand', `Invalid IP address: ${address}`);
  const width = parsed.family === 4 ? 32 : 128;
  if (bits >= width) {
    throw new InvalidPattern('invalid-operand', `IPv${parsed.family} mask bits must be < ${width}`);
  }
  if (parsed.family === 4) {
    const size = 2 ** (width - bits);
    const first = parsed.first - (parsed.first % size);
    return { family: 4, first, last: first + size - 1 };
  }
  const host = (1n << BigInt(width - bits)) - 1n;
  return { family: 6, first: parsed.first & ~host, last: parsed.first | host };
}

/** Families never mix: AWS's open-source matcher compares across them by accident of its encoding. */
export function blockHolds(block: AddressBlock, address: AddressBlock): boolean {
  return block.family === address.family && block.first <= address.first && address.first <= block.last;
}

/** In two steps: one expression for both would try each of many colons in turn. */
function hasV6Shape(text: string): boolean {
  return text.includes(':') && v6Units.test(text);
}

function v4(text: string): AddressBlock | undefined {
  let value = 0;
  let part = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x2e) {
      value = value * 256 + part;
      part = 0;
    } else {
      part = part * 10 + unit - 0x30;
      if (part > 255) return undefined;
    }
  }
  return oneOf4(value * 256 + part);
}

function oneOf4(address: number): AddressBlock {
  return { family: 4, first: address, last: address };
}

function v6(text: string): AddressBlock | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || text.includes(':::')) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  if (halves.length === 1 ? count !== 8 : count > 7) return undefined;
  let value = 0n;
  for (const [i, half] of groups.entries()) {
    if (i === 1) value <<= BigInt(16 * (8 - count));
    for (const group of half) {
      if (group === '' || Number.parseInt(group, 16) > 0xffff) return undefined;
      value = (value << 16n) | BigInt(Number.parseInt(group, 16));
    }
  }
  if (value >> 32n === mappedV4 >> 32n) return oneOf4(Number(value & 0xffffffffn));
  return { family: 6, first: value, last: value };
}
