import { isArray } from '../base/unknown-value.js';
import { count, cut, visible, width, wrap } from './layout.js';

/** What `expect` says to a matcher. Every member is optional, because every `expect` has its own. */
export interface MatcherContext {
  readonly isNot?: boolean | undefined;
  /** The equality of this `expect`, which knows its asymmetric matchers. */
  readonly equals?: ((a: unknown, b: unknown) => boolean) | undefined;
}

/** What a matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** One call of a matcher: what was asked of what. */
export interface Call {
  readonly matcher: string;
  readonly isNot: boolean;
  readonly equals: ((a: unknown, b: unknown) => boolean) | undefined;
  /** As the first line of a failure shows it. */
  readonly title: string;
}

/** `shown` are the arguments as a person would name them. */
export function makeCall(context: MatcherContext | undefined, matcher: string, subject: string, shown: string): Call {
  const isNot = context?.isNot === true;
  const { equals } = context ?? {};
  const title = `expect(${subject})${isNot ? '.not' : ''}.${matcher}(${shown})`;
  return { matcher, isNot, equals, title: title.length > width ? `${cut(title, width - 1)})` : title };
}

/** The assertion fails with these paragraphs, whether it says `.not` or not. */
export function failing({ isNot, title }: Call, ...paragraphs: readonly string[]): MatcherResult {
  return { pass: isNot, message: () => compose(title, paragraphs) };
}

/** The assertion holds. */
export function holding({ isNot }: Call): MatcherResult {
  return { pass: !isNot, message: () => '' };
}

/** A mistake in how the matcher was called: thrown, because as an answer `.not` would turn it into a success. */
export function misuse({ title }: Pick<Call, 'title'>, ...paragraphs: readonly string[]): Error {
  return new Error(compose(title, paragraphs));
}

/** Lines that are too wide, for what nobody foresaw in them, are wrapped. */
function compose(title: string, paragraphs: readonly string[]): string {
  const lines = visible([title, ...paragraphs].join('\n\n')).split('\n');
  return lines.flatMap((line) => (line.length > width ? wrap(line) : [line])).join('\n');
}

/** An argument for the first line: a short text in quotes, a number, the name of its kind. */
export function showArgument(value: unknown, kind: string): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || value === undefined || value === null) return String(value);
  return isArray(value) ? `[${count(value.length, kind)}]` : kind;
}
