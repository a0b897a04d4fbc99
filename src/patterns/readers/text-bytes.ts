import { utf8Decoder, utf8Encoder } from '../../base/utf8.js';
import { type JsonBytes, skipContainer, skipScalar, skipString } from './json-skip.js';
import { maxPredictedLength } from './names.js';

const quote = 0x22;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** Of a longer text only this much is encoded first, if that was enough for the last text: events of a kind are alike. */
const initialBytes = 384;
const minPartialLength = 512;

const minCapacity = 1 << 12;
/** A larger buffer is released once a much smaller text comes. */
const maxRetainedBytes = 1 << 22;

/** JSON text as bytes: its beginning, and the rest on demand. The beginning does not move. */
export class TextBytes implements JsonBytes {
  bytes = new Uint8Array(minCapacity);
  view = new DataView(this.bytes.buffer);
  /** How many bytes there are; behind them stand two quotes. */
  end = 0;
  #text = '';
  /** Whether what was encoded so far is ASCII, so that bytes and characters have the same offsets. */
  isAscii = true;
  #isWhole = true;

  /** `lastAt`: how far the last text was read. */
  begin(text: string, lastAt: number): void {
    this.#text = text;
    if (lastAt <= initialBytes && text.length > minPartialLength) {
      const { written } = utf8Encoder().encodeInto(text.slice(0, initialBytes), this.bytes);
      if (written === initialBytes) {
        this.isAscii = true;
        this.#isWhole = false;
        this.#close(written);
        return;
      }
    }
    this.#encode();
  }

  /** Encodes the rest of the text; returns false if all is encoded. Before that, a value at the end of the bytes may be truncated. */
  readMore(): boolean {
    if (this.#isWhole) return false;
    this.#encode();
    return true;
  }

  slice(start: number, end: number): string {
    return this.isAscii ? this.#text.slice(start, end) : utf8Decoder().decode(this.bytes.subarray(start, end));
  }

  skipSpace(from: number): number {
    const { bytes, end } = this;
    let at = from;
    while ((bytes[at] as number) <= 0x20 && at < end) at++;
    return at;
  }

  /** The offset behind the value at `at`; of one that is cut off, none before the end. */
  skip(at: number): number {
    const byte = this.bytes[at];
    if (byte === quote) return skipString(this, at + 1);
    if (byte === openBrace || byte === openBracket) return skipContainer(this, at + 1, this.end);
    return skipScalar(this.bytes, at);
  }

  #encode(): void {
    const text = this.#text;
    const maxSize = text.length * 3 + maxPredictedLength;
    const size = this.bytes.length;
    if (size < maxSize || (size > maxRetainedBytes && size > maxSize * 8))
      this.#allocate(Math.max(minCapacity, maxSize * 2));
    const { written } = utf8Encoder().encodeInto(text, this.bytes);
    this.#isWhole = true;
    this.isAscii = written === text.length;
    this.#close(written);
    if (!this.isAscii && loneSurrogate.test(text)) {
      // Half a pair has no bytes of its own, but an escape.
      this.#text = text.replace(loneSurrogates, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
      this.#encode();
    }
  }

  /** Terminates truncated text as a string would end, even after a backslash, so that no loop runs past it. */
  #close(end: number): void {
    this.end = end;
    this.bytes[end] = quote;
    this.bytes[end + 1] = quote;
  }

  #allocate(size: number): void {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }
}

const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;
