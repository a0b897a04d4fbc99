import { invalid } from './refusals.js';

/** Which part of a list is asked for. */
export interface PageRequest {
  /** At most so many, 1 to 100; 100 if absent. */
  readonly Limit?: number | undefined;
  /** The token of the page before. */
  readonly NextToken?: string | undefined;
}

/** One page of items that stand in the order of their keys; the token names the last key, so deletions skip nothing. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit = 100, NextToken }: PageRequest,
): { readonly page: Item[]; readonly next: { NextToken?: string } } {
  const last = NextToken === undefined ? undefined : keyIn(NextToken);
  const rest = last === undefined ? items : items.filter((item) => keyOf(item) > last);
  const page = rest.slice(0, Limit);
  const end = page.at(-1);
  return { page, next: end !== undefined && rest.length > Limit ? { NextToken: btoa(keyOf(end)) } : {} };
}

function keyIn(token: string): string {
  try {
    return atob(token);
  } catch {
    throw invalid('Parameter NextToken is not valid.');
  }
}
