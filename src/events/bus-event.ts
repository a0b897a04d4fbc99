import { compactJson } from '../base/compact-json.js';
import { deepFreeze } from '../base/deep-freeze.js';
import type { Detail } from './detail.js';
import { type Envelope, type EnvelopeHead, envelopeText, makeEnvelope } from './envelope.js';

/**
 * One event on one bus. Its truth is text, because a parsed Detail has lost the spelling of its numbers and the order
 * of its integer-like keys. The envelope is one for all who hold it; when nobody does it may go and be parsed again, since
 * a history of thousands of parsed events would cost the garbage collector more than everything else costs together.
 */
export class BusEvent {
  readonly bus: string;
  readonly head: EnvelopeHead;
  readonly traceHeader: string | undefined;
  /** The Detail's text, white space and all. */
  readonly detail: string;
  readonly #value: WeakRef<object>;
  #text: string | undefined;
  #envelope: WeakRef<Envelope> | undefined;

  constructor(bus: string, head: EnvelopeHead, detail: Detail, traceHeader?: string) {
    this.bus = bus;
    this.head = head;
    this.detail = detail.text;
    this.#value = new WeakRef(detail.value);
    this.traceHeader = traceHeader;
  }

  get id(): string {
    return this.head.id;
  }

  /** The envelope's exact text. */
  get text(): string {
    this.#text ??= envelopeText(this.head, compactJson(this.detail));
    return this.#text;
  }

  /** The one envelope that all subscribers share, frozen to its depths. */
  get envelope(): Envelope {
    const known = this.#envelope?.deref();
    if (known !== undefined) return known;
    const detail = this.#value.deref();
    const envelope = detail === undefined ? (JSON.parse(this.text) as Envelope) : makeEnvelope(this.head, detail);
    this.#envelope = new WeakRef(deepFreeze(envelope));
    return envelope;
  }
}
