import { compactJson } from '../base/json/json-text.js';
import { deepFreeze } from '../base/unknown-value.js';
import { type Envelope, type EnvelopeFields, envelopeText, makeEnvelope } from './envelope.js';
import type { Detail } from './validate-entry.js';

/**
 * One event on one bus. Its detail is stored as text, because a parsed detail has lost the digits of long numbers and the order
 * of integer-like keys. Envelope and text are made once and shared while deliveries need them. After that they are made anew on
 * each call and not stored: thousands of parsed events in the history would make every garbage collection slow.
 */
export class BusEvent {
  readonly bus: string;
  readonly fields: EnvelopeFields;
  readonly traceHeader: string | undefined;
  /** Whether it was forwarded from another bus. */
  readonly isForwarded: boolean;
  /** The rule of its bus whose schedule made it, and which gets it whatever its pattern says. */
  readonly scheduledBy: string | undefined;
  /** The Detail's text, white space and all. */
  readonly detail: string;
  #value: object | undefined;
  #envelope: Envelope | undefined;
  #text: string | undefined;
  /** Reference count: the call that made it, and its deliveries. */
  #references = 1;

  constructor(
    bus: string,
    fields: EnvelopeFields,
    detail: Detail,
    traceHeader?: string,
    isForwarded = false,
    scheduledBy?: string,
  ) {
    this.bus = bus;
    this.fields = fields;
    this.detail = detail.text;
    this.#value = detail.value;
    this.traceHeader = traceHeader;
    this.isForwarded = isForwarded;
    this.scheduledBy = scheduledBy;
  }

  get id(): string {
    return this.fields.id;
  }

  /** The envelope as JSON text. */
  get text(): string {
    if (this.#text !== undefined) return this.#text;
    const text = envelopeText(this.fields, compactJson(this.detail));
    if (this.#references > 0) this.#text = text;
    return text;
  }

  /** The envelope, deeply frozen. All subscribers share one. */
  get envelope(): Envelope {
    if (this.#envelope !== undefined) return this.#envelope;
    const envelope = deepFreeze(makeEnvelope(this.fields, this.#value ?? JSON.parse(this.detail)));
    if (this.#references > 0) this.#envelope = envelope;
    return envelope;
  }

  /** Returns the same event, with the same id, on another bus. */
  forwardTo(bus: string): BusEvent {
    const value = this.#value ?? JSON.parse(this.detail);
    return new BusEvent(bus, this.fields, { text: this.detail, value }, this.traceHeader, true);
  }

  /** Keeps envelope and text in memory until one more `release`. */
  retain(): void {
    this.#references++;
  }

  release(): void {
    if (--this.#references > 0) return;
    this.#value = undefined;
    this.#envelope = undefined;
    this.#text = undefined;
  }
}
