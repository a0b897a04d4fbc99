import { type Spelling, spellingsOf } from './spellings.js';

/**
 * The paths that an index reads from events, as a tree of names. Every path that holds a field has a slot: a small number
 * under which readers of events file its values. Slots are reused, so arrays by slot stay as long as the tree is wide.
 *
 * A dotted name and nested names are the same path, so the tree is cut at dots and a dotted name of an event walks it step
 * by step.
 */
export class PathTrie {
  readonly root = new PathNode('', undefined);
  /** The node of each slot in use. */
  readonly nodes: (PathNode | undefined)[] = [];
  readonly #free: number[] = [];

  /** The slot of a path; every call is to be undone by one `release`. */
  acquire(path: string): number {
    let node = this.root;
    for (const name of path.split('.')) node = node.child(name) ?? node.addChild(name);
    if (node.slot < 0) {
      node.slot = this.#free.pop() ?? this.nodes.length;
      this.nodes[node.slot] = node;
    }
    node.uses++;
    return node.slot;
  }

  release(slot: number): void {
    const node = this.nodes[slot];
    if (node === undefined || --node.uses > 0) return;
    this.nodes[slot] = undefined;
    this.#free.push(slot);
    node.slot = -1;
    node.prune();
  }
}

/** Up to this many children a node looks at each; beyond, it finds them by hash. */
const manyChildren = 8;

export class PathNode {
  /** The slot of the path that ends here, or -1. */
  slot = -1;
  uses = 0;
  /** Whether the path begins with `detail`. */
  readonly isInDetail: boolean;
  readonly hash: number;
  readonly bytes: Uint8Array;
  readonly children: PathNode[] = [];
  /** Where this node stands among its parent's children. */
  #place = 0;
  #byHash: Map<number, PathNode[]> | undefined;
  #path: string | undefined;
  #spellings: readonly Spelling[] | 'too many' | undefined;

  constructor(
    readonly name: string,
    readonly parent: PathNode | undefined,
  ) {
    this.isInDetail = parent?.isInDetail || (parent !== undefined && parent.parent === undefined && name === 'detail');
    this.bytes = new TextEncoder().encode(name);
    this.hash = hashOf(this.bytes);
  }

  /** The names that lead here. */
  get steps(): string[] {
    const steps: string[] = [];
    for (let node: PathNode = this; node.parent !== undefined; node = node.parent) steps.push(node.name);
    return steps.reverse();
  }

  /** The same, joined by dots. */
  get path(): string {
    this.#path ??= this.steps.join('.');
    return this.#path;
  }

  /** How an object may spell this path; undefined where there are too many ways. */
  get spellings(): readonly Spelling[] | undefined {
    if (this.#spellings === undefined) this.#spellings = spellingsOf(this.steps) ?? 'too many';
    return this.#spellings === 'too many' ? undefined : this.#spellings;
  }

  child(name: string): PathNode | undefined {
    const candidates = this.#byHash === undefined ? this.children : this.#alike(hashOf(new TextEncoder().encode(name)));
    return candidates.find((child) => child.name === name);
  }

  /** The node that a name of an event leads to; the name may hold dots. */
  descend(name: string): PathNode | undefined {
    let node: PathNode | undefined = this;
    for (const step of name.split('.')) node = node?.child(step);
    return node;
  }

  /** The child whose name is `bytes[start…end)`. */
  find(bytes: Uint8Array, start: number, end: number): PathNode | undefined {
    const candidates = this.#byHash === undefined ? this.children : this.#alike(hashOf(bytes, start, end));
    for (let i = 0; i < candidates.length; i++) {
      const child = candidates[i] as PathNode;
      const own = child.bytes;
      if (own.length !== end - start) continue;
      let k = 0;
      while (k < own.length && own[k] === bytes[start + k]) k++;
      if (k === own.length) return child;
    }
    return undefined;
  }

  addChild(name: string): PathNode {
    const child = new PathNode(name, this);
    child.#place = this.children.push(child) - 1;
    if (this.#byHash !== undefined) this.#file(child);
    else if (this.children.length > manyChildren) {
      this.#byHash = new Map();
      for (const each of this.children) this.#file(each);
    }
    return child;
  }

  /** Takes this node out, and the nodes above it that led only here. */
  prune(): void {
    for (let node: PathNode = this; node.parent !== undefined; node = node.parent) {
      if (node.slot >= 0 || node.children.length > 0) return;
      node.parent.#remove(node);
    }
  }

  #remove(child: PathNode): void {
    const last = this.children.pop() as PathNode;
    if (last !== child) {
      this.children[child.#place] = last;
      last.#place = child.#place;
    }
    const alike = this.#alike(child.hash).filter((other) => other !== child);
    if (alike.length === 0) this.#byHash?.delete(child.hash);
    else this.#byHash?.set(child.hash, alike);
  }

  #file(child: PathNode): void {
    const alike = this.#byHash?.get(child.hash);
    if (alike === undefined) this.#byHash?.set(child.hash, [child]);
    else alike.push(child);
  }

  #alike(hash: number): readonly PathNode[] {
    return this.#byHash?.get(hash) ?? none;
  }
}

const none: readonly PathNode[] = [];

function hashOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
  return hash;
}
