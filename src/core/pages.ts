import { invalid } from '../base/service-error.js';
import type { Named } from './collections.js';

/** Which part of a list is asked for. Callers get their tokens sealed: see `perform`. */
export interface PageRequest {
  /** At most so many, 1 to 100; 100 if absent. */
  readonly Limit?: number | undefined;
  /** The token of the page before. */
  readonly NextToken?: string | undefined;
}

/** Which part of a list of named resources is asked for. */
export interface NamedPageRequest extends PageRequest {
  /** Only those whose name begins so. */
  readonly NamePrefix?: string | undefined;
}

/** Throws for a list that is asked for by more than one of its filters; recorded. */
export function assertOneFilter(operation: string, ...filters: readonly unknown[]): void {
  if (filters.filter((filter) => filter !== undefined).length <= 1) return;
  throw invalid(`At most one filter is allowed for ${operation}. Use either : State, EventSourceArn, or NamePrefix.`);
}

interface Page<Item> {
  readonly page: Item[];
  /** There if, and only if, more remain. */
  readonly next: { NextToken?: string };
}

/** One page of what has a name, in the order of names. */
export function pageOfNamed<Item extends Named>(items: Iterable<Item>, request: NamedPageRequest): Page<Item> {
  const { NamePrefix = '' } = request;
  return pageOf(
    [...items].filter(({ Name }) => Name.startsWith(NamePrefix)),
    ({ Name }) => Name,
    request,
  );
}

/** One page in the order of the keys. The token names the last key, so what is deleted meanwhile makes nothing skipped. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit = 100, NextToken }: PageRequest,
): Page<Item> {
  const rest = items
    .filter((item) => NextToken === undefined || keyOf(item) > NextToken)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = rest.slice(0, Limit);
  const end = page.at(-1);
  return { page, next: end !== undefined && rest.length > Limit ? { NextToken: keyOf(end) } : {} };
}

interface Paged {
  readonly NextToken?: string | undefined;
}

/** Makes the last key of a page a token that only this operation takes, for the same list. */
export function encodeToken<Output extends object>(operation: string, input: object, output: Output & Paged): Output {
  if (output.NextToken === undefined) return output;
  return { ...output, NextToken: btoa(`${operation} ${listOf(input)} ${output.NextToken}`) };
}

/** Throws a ValidationException for what is not a token of this list, as all of another list would be skipped unseen. */
export function decodeToken<Input extends object>(operation: string, input: Input & Paged): Input {
  if (input.NextToken === undefined) return input;
  const [of, list, key] = decoded(input.NextToken).split(' ');
  if (of === operation && list === listOf(input) && key !== undefined) return { ...input, NextToken: key };
  const reason = withReason.has(operation)
    ? ` Reason: ${key === undefined ? 'Malformed request' : 'Token invalid'}.`
    : '';
  throw invalid(`Parameter NextToken is not valid.${reason}`);
}

/** These say why a token is not valid. Captured for archives; that replays do as well is Footbridge's choice. */
const withReason: ReadonlySet<string> = new Set(['ListArchives', 'ListReplays']);

/** A checksum of what is listed: of the filters, whatever the size of the page, and however the bus is named. */
function listOf(input: object): string {
  const { NextToken: _, Limit: __, EventBusName = 'default', ...filters } = input as Record<string, unknown>;
  const text = JSON.stringify([String(EventBusName).replace(/^arn:.*?:event-bus\//u, ''), filters]);
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0;
  return sum.toString(36);
}

function decoded(token: string): string {
  try {
    return atob(token);
  } catch {
    return '';
  }
}
