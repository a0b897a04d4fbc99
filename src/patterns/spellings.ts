/** How a path may be spelled in an object: its first name, or its first names joined by dots; then the rest. */
export interface Spelling {
  readonly name: string;
  /** Whether objects inherit this name, so that having it must be asked for. */
  readonly inherited: boolean;
  /** How the rest may be spelled; undefined where the path ends. */
  readonly rest: readonly Spelling[] | undefined;
}

const mostSteps = 8;

/** The ways to begin a path; undefined for a path of so many names that there are too many. */
export function spellingsOf(steps: readonly string[]): readonly Spelling[] | undefined {
  if (steps.length > mostSteps) return undefined;
  let rests: (readonly Spelling[])[] = [];
  for (let from = steps.length - 1; from >= 0; from--) {
    const spellings = steps.slice(from).map((_, i): Spelling => {
      const name = steps.slice(from, from + i + 1).join('.');
      return { name, inherited: name in Object.prototype, rest: rests[i] };
    });
    rests = [spellings, ...rests];
  }
  return rests[0];
}
