import type { Tag } from '../../model/target.js';

/** An event bus. Times are epoch milliseconds. */
export interface BusRecord {
  readonly Name: string;
  readonly Arn: string;
  readonly Description?: string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly LogConfig?: LogConfig | undefined;
  /** The text of a policy document. */
  readonly Policy?: string | undefined;
  readonly Tags: readonly Tag[];
  readonly CreationTime: number;
  readonly LastModifiedTime: number;
}

/** Where undeliverable events go. */
export interface DeadLetterConfig {
  /** ARN of a standard SQS queue. */
  readonly Arn?: string | undefined;
}

/** What a bus logs. Kept and given back; a Bridge's log is its history. */
export interface LogConfig {
  readonly IncludeDetail?: 'NONE' | 'FULL' | undefined;
  readonly Level?: 'OFF' | 'ERROR' | 'INFO' | 'TRACE' | undefined;
}
