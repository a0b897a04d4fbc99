/** A place in the code as it is named from where the tests were started: the same on every machine. */
export function fromHere(place: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } };
  return place.replace('file://', '').replace(`${process?.cwd?.() ?? ''}/`, '');
}
