import { type CompiledPattern, compilePattern } from './compile-pattern.js';

/**
 * Many patterns, each under an id of any type, and the ids that match an event.
 *
 * A text given to `match` is trusted to be one valid JSON object in which no two members spell the same path.
 */
export class RuleIndex<Id> {
  readonly #rules = new Map<Id, CompiledPattern[]>();

  /** The number of ids. */
  get size(): number {
    return this.#rules.size;
  }

  /**
   * Adds a pattern, as JSON text or as an object. Under an id that is there already either pattern may match. Throws an
   * `InvalidEventPatternException` for an invalid one, and then nothing is added.
   */
  add(id: Id, pattern: string | object): void {
    const compiled = compilePattern(pattern);
    const known = this.#rules.get(id);
    if (known === undefined) this.#rules.set(id, [compiled]);
    else known.push(compiled);
  }

  /** Removes every pattern of an id; true if there were any. */
  delete(id: Id): boolean {
    return this.#rules.delete(id);
  }

  /** The ids of which some pattern matches the event, in the order in which they were first added. */
  match(event: string | object): Id[] {
    const matching: Id[] = [];
    for (const [id, patterns] of this.#rules) if (patterns.some((pattern) => pattern.test(event))) matching.push(id);
    return matching;
  }
}
