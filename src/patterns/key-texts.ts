/** What stands before a text's characters: its length, in two halves. */
const head = 2;
const half = 0x10000;

/**
 * Many short texts, one behind the other in one piece of memory: each as a string of its own would lie somewhere else. A text is
 * known by where it begins.
 */
export class KeyTexts {
  #units: Uint16Array;
  #used = 0;

  /** `room` is for how many characters to begin with. */
  constructor(room: number) {
    this.#units = new Uint16Array(room);
  }

  /** How much of memory is in use, by texts that are still wanted or not. */
  get used(): number {
    return this.#used;
  }

  add(text: string): number {
    const at = this.#take(text.length);
    for (let i = 0; i < text.length; i++) this.#units[at + head + i] = text.charCodeAt(i);
    return at;
  }

  /** Whether `text[start…end)` is the one at `at`. */
  equals(at: number, text: string, start: number, end: number): boolean {
    const units = this.#units;
    const length = end - start;
    if (units[at] !== length % half || units[at + 1] !== Math.floor(length / half)) return false;
    for (let i = 0; i < length; i++) if (units[at + head + i] !== text.charCodeAt(start + i)) return false;
    return true;
  }

  at(at: number): string {
    const from = at + head;
    const end = from + this.lengthAt(at);
    let text = '';
    for (let i = from; i < end; i += 1024)
      text += String.fromCharCode(...this.#units.subarray(i, Math.min(end, i + 1024)));
    return text;
  }

  lengthAt(at: number): number {
    return (this.#units[at] as number) + (this.#units[at + 1] as number) * half;
  }

  /** Adds one of another collection. */
  copy(from: KeyTexts, at: number): number {
    const length = from.lengthAt(at);
    const to = this.#take(length);
    for (let i = 0; i < length; i++) this.#units[to + head + i] = from.#units[at + head + i] as number;
    return to;
  }

  #take(length: number): number {
    const at = this.#used;
    this.#used += head + length;
    if (this.#used > this.#units.length) {
      const units = new Uint16Array(Math.max(this.#used, Math.ceil(this.#units.length * 1.5)));
      units.set(this.#units);
      this.#units = units;
    }
    this.#units[at] = length % half;
    this.#units[at + 1] = Math.floor(length / half);
    return at;
  }
}
