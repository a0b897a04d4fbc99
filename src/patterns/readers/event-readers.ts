import type { FieldValue } from '../language/pattern.js';
import type { EventReader, ManyValues } from './event-reader.js';
import { type EventScope, readEvent } from './event-scope.js';
import { ObjectEvent } from './object-event.js';
import type { PathTrie } from './path-trie.js';
import { TextEvent } from './text-event.js';

/** The readers of a matcher, kept from event to event. */
export class EventReaders {
  readonly #trie: PathTrie;
  #text: TextEvent | undefined;
  #object: ObjectEvent | undefined;
  #envelope: EnvelopeEvent | undefined;

  constructor(trie: PathTrie) {
    this.#trie = trie;
  }

  /**
   * A reader at the beginning of an event, to be returned by `release`. Text is trusted to be a JSON object. With `detail`, the
   * text of the event's detail, an object has the event's other members.
   *
   * @throws {ValidationException} for what is not an event.
   */
  begin(event: string | object, detail: string | undefined): EventReader {
    if (typeof event === 'string') {
      this.#text ??= new TextEvent(this.#trie);
      this.#text.begin(event);
      return this.#text;
    }
    // An object may run code of its own, which may match another event: that needs a reader of its own.
    if (detail !== undefined) {
      const reader = this.#envelope ?? new EnvelopeEvent(this.#trie);
      this.#envelope = undefined;
      reader.begin(event, detail);
      return reader;
    }
    const reader = this.#object ?? new ObjectEvent(this.#trie);
    this.#object = undefined;
    reader.begin(event);
    return reader;
  }

  release(reader: EventReader): void {
    if (reader instanceof ObjectEvent) this.#object = reader;
    else if (reader instanceof EnvelopeEvent) this.#envelope = reader;
  }
}

/** An event whose `detail` is JSON text while the rest is an object, so that they need not be joined or parsed. */
class EnvelopeEvent implements EventReader {
  readonly #trie: PathTrie;
  readonly #fields: ObjectEvent;
  readonly #detail: TextEvent;
  #event: object = {};
  #text = '';
  #scope: EventScope | undefined;

  constructor(trie: PathTrie) {
    this.#trie = trie;
    this.#fields = new ObjectEvent(trie);
    this.#detail = new TextEvent(trie);
  }

  begin(event: object, detail: string): void {
    this.#event = event;
    this.#text = detail;
    this.#scope = undefined;
    this.#fields.begin(event);
    this.#detail.begin(detail, this.#trie.root.child('detail'));
  }

  get isNested(): boolean {
    return this.#fields.isNested || this.#detail.isNested;
  }

  read(slot: number): FieldValue | ManyValues | undefined {
    return this.#readerOf(slot).read(slot);
  }

  inArray(slot: number): boolean {
    return this.#readerOf(slot).inArray(slot);
  }

  scope(): EventScope {
    this.#scope ??= this.#readScope();
    return this.#scope;
  }

  foundRepeats(): boolean {
    return this.#detail.foundRepeats();
  }

  #readScope(): EventScope {
    const head = JSON.stringify({ ...this.#event, detail: undefined });
    const comma = head === '{}' ? '' : ',';
    return readEvent(`${head.slice(0, -1)}${comma}"detail":${this.#text}}`, this.#trie.root);
  }

  #readerOf(slot: number): EventReader {
    return this.#trie.nodes[slot]?.isInDetail ? this.#detail : this.#fields;
  }
}
