import { isInstance, symbolOf } from '../../base/copies.js';

/** Where something stands in a template. */
export interface Place {
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
export function showPlace({ file, line, column, path }: Place): string {
  if (line === undefined) return path === '' ? (file ?? 'the template') : path;
  return `${file ?? 'the template'}:${line}:${column}`;
}

/** The same without the column, for where many stand below one another: `template.yaml:20`. */
export function showLine({ column: _, ...place }: Place): string {
  return place.line === undefined ? showPlace(place) : `${place.file ?? 'the template'}:${place.line}`;
}

/** The place of a member of what stands at `place`, at the same line until a reader knows better. */
export function below(place: Place, member: string | number): Place {
  return { ...place, path: joinPath(place.path, member) };
}

export function joinPath(path: string, member: string | number): string {
  if (typeof member === 'number') return `${path}[${member}]`;
  return path === '' ? member : `${path}.${member}`;
}

const brand = symbolOf('TemplateError');

/** What keeps a template from being loaded, where AWS might take it. */
export interface TemplateGap {
  /** `unresolved`: a value that is not known here · `unsupported`: what is not carried out here. */
  readonly code: 'unresolved' | 'unsupported';
  /** The member of the `parameters` option that would say the value, if one would. */
  readonly parameter?: string | undefined;
}

/** One thing that is wrong with a template. */
export interface TemplateProblem extends Place {
  /** What was found, and what is allowed. */
  readonly message: string;
  /** Absent for what AWS would not take either. */
  readonly gap?: TemplateGap | undefined;
}

/** A template that cannot be loaded. Its message has one line for each problem: `template.yaml:20:7: path: what is wrong`. */
export class TemplateError extends Error {
  /** All that is wrong, in the order of the template. */
  readonly problems: readonly TemplateProblem[];

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, TemplateError, brand);
  }

  /** `problems` are said in the message, each in a line of its own. */
  constructor(problems: readonly TemplateProblem[]) {
    super(problems.map(showProblem).join('\n'));
    this.name = 'TemplateError';
    this.problems = problems;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Thrown where one thing is wrong, and caught where the others are gathered. */
export class Problem extends Error {
  readonly place: Place;
  readonly gap: TemplateGap | undefined;

  constructor(place: Place, message: string, gap?: TemplateGap) {
    super(message);
    this.name = 'Problem';
    this.place = place;
    this.gap = gap;
  }
}

/** A Problem as it is gathered. */
export function templateProblem({ place, message, gap }: Problem): TemplateProblem {
  return { ...place, message, ...(gap === undefined ? {} : { gap }) };
}

/** Runs `work`, and adds what it finds wrong to `problems`. */
export function gather<Result>(problems: TemplateProblem[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problems.push(templateProblem(error));
    return undefined;
  }
}

export function throwAll(problems: readonly TemplateProblem[]): void {
  if (problems.length > 0) throw new TemplateError(problems);
}

function showProblem(problem: TemplateProblem): string {
  const where = showPlace(problem);
  const path = problem.path === '' || where === problem.path ? '' : `${problem.path}: `;
  return `${where}: ${path}${problem.message}`;
}
