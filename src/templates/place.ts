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
