import { isInstance, symbolOf } from '../base/copies.js';
import type { DetailIssue } from '../contracts/detail-issues.js';

const brand = symbolOf('InvalidDetailError');

/** What is wrong with the detail of one event given to `publish`. */
export interface InvalidDetail {
  /** Its place among the events, from 0. */
  readonly index: number;
  /** Source of the event. */
  readonly source: string;
  /** Detail-type of the event. */
  readonly detailType: string;
  /** As the schema says. */
  readonly issues: readonly DetailIssue[];
}

const maxShown = 10;

/** Details given to `publish` are not what their definitions want. Nothing of the call was sent. */
export class InvalidDetailError extends Error {
  /** Which events, and what is wrong with each. */
  readonly failures: readonly InvalidDetail[];

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, InvalidDetailError, brand);
  }

  constructor(failures: readonly InvalidDetail[]) {
    const lines = failures.slice(0, maxShown).flatMap(({ index, source, detailType, issues }) => {
      return [`event ${index}, ${describeKind(source, detailType)}:`, ...issueLines(issues).map((line) => `  ${line}`)];
    });
    const more = failures.length > maxShown ? [`and ${failures.length - maxShown} events more`] : [];
    const count = failures.length === 1 ? 'a detail is' : `${failures.length} details are`;
    super([`Nothing was published, since ${count} not valid:`, ...lines, ...more].join('\n  '));
    this.name = 'InvalidDetailError';
    this.failures = failures;
    Object.defineProperty(this, brand, { value: true });
  }
}

export function describeKind(source: string, detailType: string): string {
  return `${JSON.stringify(detailType)} from ${source}`;
}

/** A line for each of the first issues. */
export function issueLines(issues: readonly DetailIssue[]): string[] {
  const lines = issues.slice(0, maxShown).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return issues.length > maxShown ? [...lines, `and ${issues.length - maxShown} more`] : lines;
}
