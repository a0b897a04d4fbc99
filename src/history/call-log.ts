import { describeError } from '../base/describe.js';
import { Fifo } from '../base/fifo.js';
import { type Anything, deepFreeze } from '../base/unknown-value.js';
import { redactSecrets } from '../model/format-value.js';
import type { Structure } from '../model/shape.js';

/** One call of an operation: by its method, by `invoke`, by an SDK client or over HTTP, or a PutEvents request that `publish` made. */
export interface CallRecord {
  /** Name of the operation, such as `PutEvents`. */
  readonly operation: string;
  /** When it ended, by the bridge's clock, as ISO text with milliseconds. */
  readonly time: string;
  /**
   * The input, frozen, with the members that the API knows; absent if it could not be read. Times are epoch seconds. Values that
   * the API's model marks as sensitive, such as the password of a connection, are `***Sensitive Data Redacted***`.
   */
  readonly input?: Anything;
  /** The output, frozen; absent if the call failed. */
  readonly output?: Anything;
  /** The error; absent if the call succeeded. */
  readonly error?: { readonly name: string; readonly message: string };
}

/** A call and its result. `input` is already a copy, `undefined` if it could not be read. */
export type OperationCall = {
  readonly operation: string;
  /** The shape of the operation's input. */
  readonly shape: Structure;
  readonly input: object | undefined;
} & ({ readonly kind: 'succeeded'; readonly output: object } | { readonly kind: 'failed'; readonly error: unknown });

interface StoredCall {
  readonly call: OperationCall;
  readonly at: number;
  readonly weight: number;
}

/** The latest calls. A PutEvents call counts once for each entry: otherwise its entries would not be bounded. */
export class CallLog {
  readonly #capacity: number;
  #calls = new Fifo<StoredCall>();
  #weight = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(call: OperationCall, at: number): void {
    if (this.#capacity === 0) return;
    const { Entries: entries } = (call.input ?? {}) as { Entries?: readonly unknown[] };
    const weight = Math.max(1, entries?.length ?? 1);
    // The output belongs to the caller, who may change it.
    const succeeded = call.kind === 'succeeded' ? { ...call, output: copyOf(call.output) as object } : call;
    const stored = { ...succeeded, input: redactedInput(call) };
    this.#calls.add({ call: stored, at, weight });
    this.#weight += weight;
    while (this.#weight > this.#capacity && this.#calls.size > 1) this.#weight -= this.#calls.dequeue()?.weight ?? 0;
  }

  clear(): void {
    this.#calls = new Fifo();
    this.#weight = 0;
  }

  records(operation: string | undefined): CallRecord[] {
    const selected = this.#calls.items().filter(({ call }) => operation === undefined || call.operation === operation);
    return selected.map(({ call, at }) => makeCallRecord(call, at));
  }
}

function makeCallRecord(call: OperationCall, at: number): CallRecord {
  const { operation, input } = call;
  return {
    operation,
    time: new Date(at).toISOString(),
    ...(input === undefined ? {} : { input: deepFreeze(input) }),
    ...(call.kind === 'succeeded' ? { output: deepFreeze(call.output) } : { error: errorOf(call.error) }),
  };
}

/** Secrets are not stored. */
function redactedInput({ shape, input }: OperationCall): object | undefined {
  return redactSecrets(shape, input) as object | undefined;
}

function errorOf(error: unknown): { readonly name: string; readonly message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: describeError(error) };
}

/** Copies an output: plain data, no deeper than the API's shapes. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    copy[name] = typeof member === 'object' ? copyOf(member) : member;
  }
  return copy;
}
