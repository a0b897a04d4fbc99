/** Whether to colour: as FORCE_COLOR says, else not where NO_COLOR says anything, else where a terminal has colours. */
export function wantsColor(
  environment: Readonly<Record<string, string | undefined>>,
  terminalHasColors: boolean,
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = environment;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return terminalHasColors && !refused;
}
