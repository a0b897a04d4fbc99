/** What is used of the platform's TextEncoder. */
interface Utf8Encoder {
  encode(text: string): Uint8Array;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}

let encoder: Utf8Encoder | undefined;
let decoder: Utf8Decoder | undefined;

/**
 * Returns an encoder for UTF-8: the platform's, looked up when it is needed, because jsdom and React Native lack it while modules
 * load, or for good. Then a slow one takes its place.
 */
export function utf8Encoder(): Utf8Encoder {
  if (encoder !== undefined) return encoder;
  if (globalThis.TextEncoder === undefined) return slowEncoder;
  encoder = new TextEncoder();
  return encoder;
}

/** Returns a decoder for UTF-8 that keeps a byte order mark and replaces invalid bytes. */
export function utf8Decoder(): Utf8Decoder {
  if (decoder !== undefined) return decoder;
  if (globalThis.TextDecoder === undefined) return slowDecoder;
  decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder;
}

const replacement = 0xfffd;

const slowEncoder: Utf8Encoder = {
  encode: (text) => {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, slowEncoder.encodeInto(text, bytes).written);
  },
  encodeInto: (text, target) => {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      const code = text.codePointAt(read) as number;
      const units = code > 0xffff ? 2 : 1;
      const point = code >= 0xd800 && code <= 0xdfff ? replacement : code;
      const count = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
      if (written + count > target.length) break;
      const lead = [0, 0, 0xc0, 0xe0, 0xf0][count] as number;
      for (let i = 0; i < count; i++) {
        const bits = point >> (6 * (count - 1 - i));
        target[written + i] = i === 0 ? lead | bits : 0x80 | (bits & 0x3f);
      }
      written += count;
      read += units;
    }
    return { read, written };
  },
};

const slowDecoder: Utf8Decoder = {
  decode: (bytes) => {
    const units: string[] = [];
    for (let at = 0; at < bytes.length; ) {
      const { point, length } = decodePoint(bytes, at);
      units.push(String.fromCodePoint(point));
      at += length;
    }
    return units.join('');
  },
};

/** The code point at an index, and how many bytes it takes; of invalid ones, as many as the standard says. */
function decodePoint(bytes: Uint8Array, at: number): { readonly point: number; readonly length: number } {
  const lead = bytes[at] as number;
  if (lead < 0x80) return { point: lead, length: 1 };
  const count = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >> 4 === 0xe ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
  let point = count === 1 ? replacement : lead & (0x7f >> count);
  for (let i = 1; i < count; i++) {
    const next = bytes[at + i];
    const [min, max] = i === 1 ? secondByte(lead) : [0x80, 0xbf];
    if (next === undefined || next < min || next > max) return { point: replacement, length: i };
    point = (point << 6) | (next & 0x3f);
  }
  return { point, length: count };
}

/** Excludes spellings that are too long, surrogates, and what is beyond the last code point. */
function secondByte(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  return [0x80, lead === 0xf4 ? 0x8f : 0xbf];
}
