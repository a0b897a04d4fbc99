import { describeError } from '../base/describe.js';
import { Fifo } from '../base/fifo.js';
import { type Anything, deepFreeze } from '../base/unknown-value.js';
import { redactSecrets } from '../model/format-value.js';
import type { Structure } from '../model/shape.js';

/** One call of an operation: by its method, by `invoke`, by an SDK client or over HTTP, or a PutEvents request that `publish` made. */
export interface CallRecord {
  /** `PutEvents` and the like. */
  readonly operation: string;
  /** When it was answered, by the bridge's clock, as ISO text with milliseconds. */
  readonly time: string;
  /**
   * What was asked, frozen: the members that the API knows. Times are epoch seconds. Where the API's model marks a value as
   * sensitive, such as the password of a connection, it says `***Sensitive Data Redacted***`. Absent if it could not be read.
   */
  readonly input?: Anything;
  /** What was answered, frozen; absent if the call was refused. */
  readonly output?: Anything;
  /** What it was refused with. */
  readonly error?: { readonly name: string; readonly message: string };
}

/** What became of a call. `input` is a copy already, `undefined` if it could not be read. */
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

/** The last calls. One weighs as much as it has entries, or it would be calls that fill the memory, not events. */
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
    // The answer belongs to the caller, who may change it.
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

/** A secret is not kept longer than the call takes. */
function redactedInput({ shape, input }: OperationCall): object | undefined {
  return redactSecrets(shape, input) as object | undefined;
}

function errorOf(error: unknown): { readonly name: string; readonly message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: describeError(error) };
}

/** Of what an operation answers: plain data, no deeper than the API's shapes. */
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
