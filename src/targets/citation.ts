/** What a template says of something that has an ARN. */
export interface Citation {
  /** What it is called there, its logical id first. */
  readonly names: readonly string[];
  /** Where it stands: `template.yaml:33`. */
  readonly place: string;
  /** What to call it where nothing handles it, and how it is handled. */
  readonly words: string;
}
