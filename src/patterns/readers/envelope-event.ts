import type { FieldValue } from '../language/pattern.js';
import { type EventScope, readEvent } from '../reference/event-scope.js';
import type { EventReader, ManyValues } from './event-reader.js';
import { ObjectEvent } from './object-event.js';
import type { PathTrie } from './path-trie.js';
import { TextEvent } from './text-event.js';

/** An event whose `detail` is JSON text while the rest is an object, so that nobody has to join or to parse them. */
export class EnvelopeEvent implements EventReader {
  readonly #head: ObjectEvent;
  readonly #detail: TextEvent;
  #event: object = {};
  #text = '';
  #scope: EventScope | undefined;

  constructor(readonly trie: PathTrie) {
    this.#head = new ObjectEvent(trie);
    this.#detail = new TextEvent(trie);
  }

  begin(event: object, detail: string): void {
    this.#event = event;
    this.#text = detail;
    this.#scope = undefined;
    this.#head.begin(event);
    this.#detail.begin(detail, this.trie.root.child('detail'));
  }

  get isNested(): boolean {
    return this.#head.isNested || this.#detail.isNested;
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

  #readScope(): EventScope {
    const head = JSON.stringify({ ...this.#event, detail: undefined });
    const comma = head === '{}' ? '' : ',';
    return readEvent(`${head.slice(0, -1)}${comma}"detail":${this.#text}}`, this.trie.root);
  }

  #readerOf(slot: number): EventReader {
    return this.trie.nodes[slot]?.isInDetail ? this.#detail : this.#head;
  }
}
