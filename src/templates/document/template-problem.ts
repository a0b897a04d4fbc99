import { isInstance, symbolOf } from '../../base/copies.js';

/** The location of something in a template. */
export interface SourceLocation {
  /** The file's name as it was given; absent for a template that was given as an object. */
  readonly file?: string | undefined;
  /** From 1; absent for a template that was given as an object. */
  readonly line?: number | undefined;
  /** From 1; absent for a template that was given as an object. */
  readonly column?: number | undefined;
  /** The members that lead there: `Resources.BillFunction.Properties.Events.BigOrder`. Empty for the whole. */
  readonly path: string;
}

/** `template.yaml:20:7`, or the path where there is no text; for sentences. */
export function formatLocation({ file, line, column, path }: SourceLocation): string {
  if (line === undefined) return path === '' ? (file ?? 'the template') : path;
  return `${file ?? 'the template'}:${line}:${column}`;
}

/** The same without the column, for lists: `template.yaml:20`. */
export function formatLine({ column: _, ...location }: SourceLocation): string {
  return location.line === undefined ? formatLocation(location) : `${location.file ?? 'the template'}:${location.line}`;
}

/** The location of a member, with the line of its parent until a reader sets its own. */
export function childLocation(location: SourceLocation, member: string | number): SourceLocation {
  return { ...location, path: joinPath(location.path, member) };
}

export function joinPath(path: string, member: string | number): string {
  if (typeof member === 'number') return `${path}[${member}]`;
  return path === '' ? member : `${path}.${member}`;
}

/** Why a template cannot be loaded here, although AWS might accept it. */
interface ProblemCause {
  /** `unresolved`: a value that only AWS or the caller knows · `unsupported`: something that Footbridge does not support. */
  readonly code?: 'unresolved' | 'unsupported' | undefined;
  /** The member of the `parameters` option that would provide the value, if there is one. */
  readonly parameter?: string | undefined;
}

/** One problem of a template. Without a `code`, AWS rejects the template too. */
export interface TemplateProblem extends SourceLocation, ProblemCause {
  /** What was found, and what is allowed. */
  readonly message: string;
}

const brand = symbolOf('TemplateError');

/** A template that cannot be loaded. Its message has one line for each problem: `template.yaml:20:7: path: what is wrong`. */
export class TemplateError extends Error {
  /** All that is wrong, in the order of the template. */
  readonly problems: readonly TemplateProblem[];

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, TemplateError, brand);
  }

  /** The message has a line for each of the `problems`. */
  constructor(problems: readonly TemplateProblem[]) {
    super(problems.map(showProblem).join('\n'));
    this.name = 'TemplateError';
    this.problems = problems;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Thrown for one problem, and caught where problems are collected. */
export class TemplateProblemError extends Error {
  readonly location: SourceLocation;
  readonly why: ProblemCause;

  constructor(location: SourceLocation, message: string, why: ProblemCause = {}) {
    super(message);
    this.name = 'TemplateProblemError';
    this.location = location;
    this.why = why;
  }
}

export function templateProblem({ location, message, why }: TemplateProblemError): TemplateProblem {
  return { ...location, message, ...why };
}

/** Runs `work`, and adds what it finds wrong to `problems`. */
export function collectProblems<Result>(problems: TemplateProblem[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateProblemError)) throw error;
    problems.push(templateProblem(error));
    return undefined;
  }
}

export function throwAll(problems: readonly TemplateProblem[]): void {
  if (problems.length > 0) throw new TemplateError(problems);
}

function showProblem(problem: TemplateProblem): string {
  const where = formatLocation(problem);
  const path = problem.path === '' || where === problem.path ? '' : `${problem.path}: `;
  return `${where}: ${path}${problem.message}`;
}
