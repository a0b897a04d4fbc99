/** Longer texts are not kept here. */
export const longestKeyText = 255;

/**
 * Many short texts, each behind its length, in one piece of memory: each as a string of its own would lie somewhere else. A text is
 * known by where it begins.
 */
export class KeyTexts {
  #units: Uint16Array;
  #used = 0;

  /** `room` is for how many characters and lengths to begin with. */
  constructor(room: number) {
    this.#units = new Uint16Array(room);
  }

  /** How much of memory is in use, by texts that are still wanted or not. */
  get used(): number {
    return this.#used;
  }

  add(text: string): number {
    const at = this.#take(text.length);
    for (let i = 0; i < text.length; i++) this.#units[at + 1 + i] = text.charCodeAt(i);
    return at;
  }

  /** Adds one of another collection. */
  copy(other: KeyTexts, from: number): number {
    const units = other.#units;
    const length = units[from] as number;
    const at = this.#take(length);
    for (let i = 1; i <= length; i++) this.#units[at + i] = units[from + i] as number;
    return at;
  }

  /** Whether `text[start…end)` is the one at `at`. */
  equals(at: number, text: string, start: number, end: number): boolean {
    const units = this.#units;
    const length = end - start;
    if (units[at] !== length) return false;
    for (let i = 0; i < length; i++) if (units[at + 1 + i] !== text.charCodeAt(start + i)) return false;
    return true;
  }

  at(at: number): string {
    return String.fromCharCode(...this.#units.subarray(at + 1, at + 1 + (this.#units[at] as number)));
  }

  #take(length: number): number {
    const at = this.#used;
    this.#used += length + 1;
    if (this.#used > this.#units.length) {
      const units = new Uint16Array(Math.ceil(this.#used * 1.5));
      units.set(this.#units);
      this.#units = units;
    }
    this.#units[at] = length;
    return at;
  }
}
