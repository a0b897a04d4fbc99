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
  readonly #detailText: string;
  readonly #detail: WeakRef<object>;
  #text: string | undefined;
  #envelope: WeakRef<Envelope> | undefined;

  constructor(bus: string, head: EnvelopeHead, detail: Detail, traceHeader?: string) {
    this.bus = bus;
    this.head = head;
    this.#detailText = detail.text;
    this.#detail = new WeakRef(detail.value);
    this.traceHeader = traceHeader;
  }

  get id(): string {
    return this.head.id;
  }

  /** The envelope's exact text. */
  get text(): string {
    this.#text ??= envelopeText(this.head, compactJson(this.#detailText));
    return this.#text;
  }

  /** The one envelope that all subscribers share, frozen to its depths. */
  get envelope(): Envelope {
    const known = this.#envelope?.deref();
    if (known !== undefined) return known;
    const detail = this.#detail.deref();
    const envelope = detail === undefined ? (JSON.parse(this.text) as Envelope) : makeEnvelope(this.head, detail);
    this.#envelope = new WeakRef(deepFreeze(envelope));
    return envelope;
  }
}
