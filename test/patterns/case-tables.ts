import { readdirSync, readFileSync } from 'node:fs';

/**
 * A case of `cases/*.json`. `source` says where the answer comes from: recorded from the service, AWS's open-source matcher
 * (event-ruler 2.0.1, with its class or test where known), or Footbridge's own choice where that matcher errs.
 */
export interface PatternCase {
  readonly name: string;
  readonly pattern: string;
  /** Absent where the pattern is invalid. */
  readonly event?: string;
  readonly matches?: boolean;
  /** The whole sentence with which an invalid pattern is refused. */
  readonly message?: string;
  /** Set where the answer hangs on how a number is spelled or on repeated names, which objects cannot tell. */
  readonly textOnly?: true;
  readonly source: string;
}

export interface ValidCase extends PatternCase {
  readonly event: string;
  readonly matches: boolean;
}

/** Every table, by its topic. */
export const caseTables: ReadonlyMap<string, readonly PatternCase[]> = new Map(
  readdirSync(new URL('cases', import.meta.url)).map((file) => {
    const text = readFileSync(new URL(`cases/${file}`, import.meta.url), 'utf8');
    return [file.replace('.json', ''), JSON.parse(text) as PatternCase[]];
  }),
);

export function isValidCase(one: PatternCase): one is ValidCase {
  return one.message === undefined;
}
