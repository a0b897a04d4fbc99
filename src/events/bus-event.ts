import { compactJson } from '../base/compact-json.js';
import { deepFreeze } from '../base/deep-freeze.js';
import { type Envelope, type EnvelopeHead, envelopeText } from './envelope.js';

/**
 * One event on one bus. Its truth is text, because a parsed Detail has lost the spelling of its numbers and the order
 * of its integer-like keys; text and envelope are made when somebody first asks, and then shared.
 */
export class BusEvent {
  readonly bus: string;
  readonly head: EnvelopeHead;
  readonly traceHeader: string | undefined;
  readonly #detail: string;
  #text: string | undefined;
  #envelope: Envelope | undefined;

  /** `detail` is the text of a JSON object, white space and all. */
  constructor(bus: string, head: EnvelopeHead, detail: string, traceHeader?: string) {
    this.bus = bus;
    this.head = head;
    this.#detail = detail;
    this.traceHeader = traceHeader;
  }

  get id(): string {
    return this.head.id;
  }

  /** The envelope's exact text. */
  get text(): string {
    this.#text ??= envelopeText(this.head, compactJson(this.#detail));
    return this.#text;
  }

  /** The one envelope that all subscribers share, frozen to its depths. */
  get envelope(): Envelope {
    this.#envelope ??= deepFreeze(JSON.parse(this.text) as Envelope);
    return this.#envelope;
  }
}
