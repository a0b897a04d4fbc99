/** What is used of the platform's TextEncoder. */
interface Utf8Encoder {
  encode(text: string): Uint8Array;
  /** Truncates what has no room in `target`. */
  encodeInto(text: string, target: Uint8Array): { readonly written: number };
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

/** Returns a decoder for valid UTF-8 that keeps a byte order mark. */
export function utf8Decoder(): Utf8Decoder {
  if (decoder !== undefined) return decoder;
  if (globalThis.TextDecoder === undefined) return slowDecoder;
  decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder;
}

/** Through URI encoding, which is UTF-8 in every runtime. */
const slowEncoder: Utf8Encoder = {
  encode: (text) => {
    const wellFormed = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
    const bytes = encodeURIComponent(wellFormed).replace(/%(..)/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  },
  encodeInto: (text, target) => {
    const bytes = slowEncoder.encode(text).subarray(0, target.length);
    target.set(bytes);
    return { written: bytes.length };
  },
};

const slowDecoder: Utf8Decoder = {
  decode: (bytes) => decodeURIComponent(Array.from(bytes, (byte) => `%${(byte + 256).toString(16).slice(1)}`).join('')),
};
