import { pluralize } from '../base/describe.js';
import { escapeControls } from '../base/escape-controls.js';
import { isArray } from '../base/unknown-value.js';
import { truncate, width, wrap } from './layout.js';

/** What `expect` passes to a matcher as `this`. */
export interface MatcherContext {
  /** True behind `.not`. */
  readonly isNot?: boolean | undefined;
}

/** What a matcher returns to `expect`. */
export interface MatcherResult {
  /** Whether the assertion holds without `.not`. */
  readonly pass: boolean;
  /** Returns the text of the failure. */
  readonly message: () => string;
}

/** One call of a matcher. */
export interface MatcherCall {
  readonly matcher: string;
  readonly isNot: boolean;
  /** The first line of a failure. */
  readonly title: string;
}

/** `args` is what the title shows between the parentheses. */
export function createMatcherCall(
  context: MatcherContext | undefined,
  matcher: string,
  subject: string,
  args: string,
): MatcherCall {
  const isNot = context?.isNot === true;
  const title = `expect(${subject})${isNot ? '.not' : ''}.${matcher}(${args})`;
  return { matcher, isNot, title: title.length > width ? `${truncate(title, width - 1)})` : title };
}

/** The assertion fails, with `.not` and without, and these paragraphs say why. */
export function fail({ isNot, title }: MatcherCall, ...paragraphs: readonly string[]): MatcherResult {
  return { pass: isNot, message: () => formatMessage(title, paragraphs) };
}

/** The assertion holds, with `.not` and without. */
export function pass({ isNot }: MatcherCall): MatcherResult {
  return { pass: !isNot, message: () => '' };
}

/** An error for wrong arguments. It is thrown: if it were returned, `.not` would turn it into a success. */
export function usageError({ title }: Pick<MatcherCall, 'title'>, ...paragraphs: readonly string[]): Error {
  return new Error(formatMessage(title, paragraphs));
}

/** Wraps only lines that are still too wide. */
function formatMessage(title: string, paragraphs: readonly string[]): string {
  const lines = escapeControls([title, ...paragraphs].join('\n\n')).split('\n');
  return lines.flatMap((line) => (line.length > width ? wrap(line) : [line])).join('\n');
}

/** Returns an argument for the title: a short string in quotes, a number, or the name of its kind. */
export function formatArgument(value: unknown, kind: string): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || value === undefined || value === null) return String(value);
  return isArray(value) ? `[${pluralize(value.length, kind)}]` : kind;
}
