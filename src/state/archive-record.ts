/** An archive of the events of one bus. */
export interface ArchiveRecord {
  readonly Name: string;
  readonly Arn: string;
  /** ARN of the bus. */
  readonly EventSourceArn: string;
  readonly Description?: string | undefined;
  /** Which events it takes; all if absent. */
  readonly EventPattern?: string | undefined;
  /** How long it keeps them; 0 for ever. */
  readonly RetentionDays: number;
  readonly KmsKeyIdentifier?: string | undefined;
  /** Epoch milliseconds. */
  readonly CreationTime: number;
}
