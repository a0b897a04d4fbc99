import { sharedOn } from '../base/copies.js';

interface Environment {
  [name: string]: string | undefined;
  AWS_PROFILE?: string;
}

interface Loan {
  readonly name: string;
  readonly value: string;
  /** Empty, or absent. */
  readonly before: string | undefined;
}

const key = 'footbridge';
/** There is one environment for all copies of the package. */
const state = (): { readonly loans: Loan[]; borrowers: number } =>
  sharedOn(globalThis, 'environment', () => ({ loans: [], borrowers: 0 }));

/**
 * Puts a region and an access key of no account into the environment where it has none. What it answers takes them out
 * again, once all who asked for them have called it, unless somebody has changed them since. Without an environment, as
 * in a browser, it does nothing.
 */
export function lendEnvironment(region: string): () => void {
  if (state().borrowers === 0) lend(region);
  state().borrowers++;
  return () => {
    state().borrowers--;
    if (state().borrowers === 0) takeBack();
  };
}

function lend(region: string): void {
  const environment = environmentNow();
  if (environment === undefined) return;
  const wanted: Record<string, string> = { AWS_REGION: region };
  if (!environment.AWS_PROFILE) Object.assign(wanted, { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: key });
  for (const [name, value] of Object.entries(wanted)) {
    const before = environment[name];
    if (before) continue;
    environment[name] = value;
    state().loans.push({ name, value, before });
  }
}

function takeBack(): void {
  const environment = environmentNow();
  for (const { name, value, before } of state().loans.splice(0)) {
    if (environment?.[name] !== value) continue;
    if (before === undefined) delete environment[name];
    else environment[name] = before;
  }
}

function environmentNow(): Environment | undefined {
  const { process } = globalThis as { process?: { env?: Environment } };
  return typeof process?.env === 'object' ? process.env : undefined;
}
