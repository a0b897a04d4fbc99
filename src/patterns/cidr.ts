import { InvalidPattern } from './invalid-pattern.js';

/** A block of addresses of one family: those whose first `bits` bits are those of `address`. */
export interface AddressBlock {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const v4Shape = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const v6Shape = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const mappedV4 = 0xffffn << 32n;

/**
 * The address a text spells, as a block of one, or undefined. As recorded: leading zeros are decimal, a v6 address that maps
 * a v4 address is that v4 address, and there are no zone ids.
 */
export function parseAddress(text: string): AddressBlock | undefined {
  if (v4Shape.test(text)) return text.length > 15 ? undefined : v4(text);
  return v6Shape.test(text) ? v6(text) : undefined;
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
  if (!v4Shape.test(address) && !v6Shape.test(address)) {
    throw new InvalidPattern('invalid-operand', `Nonstandard IP address: ${address}`);
  }
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new InvalidPattern('invalid-operand', `Invalid IP address: ${address}`);
  const width = parsed.family === 4 ? 32 : 128;
  if (bits >= width) {
    throw new InvalidPattern('invalid-operand', `IPv${parsed.family} mask bits must be < ${width}`);
  }
  const host = (1n << BigInt(width - bits)) - 1n;
  return { family: parsed.family, first: parsed.first & ~host, last: parsed.first | host };
}

/** Families never mix: AWS's open-source matcher compares across them by accident of its encoding. */
export function blockHolds(block: AddressBlock, address: AddressBlock): boolean {
  return block.family === address.family && block.first <= address.first && address.first <= block.last;
}

function v4(text: string): AddressBlock | undefined {
  let value = 0n;
  for (const part of text.split('.')) {
    if (Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return { family: 4, first: value, last: value };
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
  if (value >> 32n === mappedV4 >> 32n) return { family: 4, first: value & 0xffffffffn, last: value & 0xffffffffn };
  return { family: 6, first: value, last: value };
}
