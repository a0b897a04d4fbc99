import { compactJson } from '../base/json/json-text.js';
import { deepFreeze } from '../base/unknown-value.js';
import { type Envelope, type EnvelopeHead, envelopeText, makeEnvelope } from './envelope.js';
import type { Detail } from './validate-entry.js';

/**
 * One event on one bus. Its truth is text, because a parsed Detail has lost the spelling of its numbers and the order
 * of its integer-like keys. While the event is on its way, its envelope and text are made once and shared; then they go,
 * since a history of thousands of parsed events would cost the garbage collector more than everything else costs together.
 */
export class BusEvent {
  readonly bus: string;
  readonly head: EnvelopeHead;
  readonly traceHeader: string | undefined;
  /** It came from another bus. */
  readonly hasHopped: boolean;
  /** The rule of its bus whose schedule made it, and which gets it whatever its pattern says. */
  readonly scheduledBy: string | undefined;
  /** The Detail's text, white space and all. */
  readonly detail: string;
  #value: object | undefined;
  #envelope: Envelope | undefined;
  #text: string | undefined;
  /** The call that brought it, and its deliveries. */
  #holders = 1;

  constructor(
    bus: string,
    head: EnvelopeHead,
    detail: Detail,
    traceHeader?: string,
    hasHopped = false,
    scheduledBy?: string,
  ) {
    this.bus = bus;
    this.head = head;
    this.detail = detail.text;
    this.#value = detail.value;
    this.traceHeader = traceHeader;
    this.hasHopped = hasHopped;
    this.scheduledBy = scheduledBy;
  }

  get id(): string {
    return this.head.id;
  }

  /** The envelope's exact text. */
  get text(): string {
    this.#text ??= envelopeText(this.head, compactJson(this.detail));
    return this.#text;
  }

  /** The envelope, frozen to its depths: one for all subscribers; for those who ask later another one like it. */
  get envelope(): Envelope {
    this.#envelope ??= deepFreeze(makeEnvelope(this.head, this.#value ?? JSON.parse(this.detail)));
    return this.#envelope;
  }

  /** The same event, with the same id, on another bus. */
  hop(bus: string): BusEvent {
    const value = this.#value ?? JSON.parse(this.detail);
    return new BusEvent(bus, this.head, { text: this.detail, value }, this.traceHeader, true);
  }

  /** Keeps envelope and text until a `release` more. */
  hold(): void {
    this.#holders++;
  }

  release(): void {
    if (--this.#holders > 0) return;
    this.#value = undefined;
    this.#envelope = undefined;
    this.#text = undefined;
  }
}
