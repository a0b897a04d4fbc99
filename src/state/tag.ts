/** A key and a value on a bus or a rule. */
export interface Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}
