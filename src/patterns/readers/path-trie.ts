import { type Conditions, fieldsOf } from '../language/pattern.js';
import { maxPredictedLength, Name, NamePrediction, NameTable } from './names.js';

/**
 * The paths that an index reads from events, as a tree of names. Every path that holds a field has a slot: a small number
 * under which event readers store its values. Slots are reused, so arrays by slot stay as long as the tree is wide.
 *
 * A dotted name and nested names are the same path, so the tree is cut at dots and a dotted name of an event walks it step
 * by step.
 */
export class PathTrie {
  readonly root = new PathNode('', undefined);
  /** The node of each slot in use. */
  readonly nodes: (PathNode | undefined)[] = [];
  readonly #freeSlots: number[] = [];

  /** Returns the slot of a path. Each call must be undone by one `release`. */
  acquire(path: string): number {
    let node = this.root;
    for (const name of path.split('.')) node = node.child(name) ?? node.addChild(name);
    if (node.slot < 0) {
      node.slot = this.#freeSlots.pop() ?? this.nodes.length;
      this.nodes[node.slot] = node;
    }
    node.references++;
    return node.slot;
  }

  release(slot: number): void {
    const node = this.nodes[slot];
    if (node === undefined || --node.references > 0) return;
    this.nodes[slot] = undefined;
    this.#freeSlots.push(slot);
    node.slot = -1;
    node.prune();
  }
}

/** Up to this many children a node looks at each; beyond, it keeps a table of them. */
const maxLinearChildren = 8;

/** The names of further members are not predicted. */
const maxPredictions = 64;

export class PathNode {
  /** The slot of the path that ends here, or -1. */
  slot = -1;
  references = 0;
  /** Whether the path begins with `detail`. */
  readonly isInDetail: boolean;
  readonly name: Name;
  readonly children: PathNode[] = [];
  /** The predicted names of the members of an object at this node, by index. */
  readonly predictions: (NamePrediction<PathNode> | undefined)[] = [];
  /** The index of this node among its parent's children. */
  #position = 0;
  #table: NameTable<PathNode> | undefined;
  /** The last name with the quote behind it. */
  readonly ending: string;
  #path: string | undefined;
  #spellings: readonly Spelling[] | 'too many' | undefined;

  constructor(
    name: string,
    readonly parent: PathNode | undefined,
  ) {
    this.name = new Name(name);
    this.ending = `${name}"`;
    this.isInDetail = parent?.isInDetail || (parent !== undefined && parent.parent === undefined && name === 'detail');
  }

  /** The names that lead here. */
  get steps(): string[] {
    const steps: string[] = [];
    for (let node: PathNode = this; node.parent !== undefined; node = node.parent) steps.push(node.name.text);
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
    if (this.#table !== undefined) return this.#table.get(name);
    return this.children.find((child) => child.name.text === name);
  }

  /** The node that a name of an event leads to; the name may hold dots. */
  descend(name: string): PathNode | undefined {
    let node: PathNode | undefined = this;
    for (const step of name.split('.')) node = node?.child(step);
    return node;
  }

  /** The child whose name is `bytes[start…end)`. */
  find(bytes: Uint8Array, start: number, end: number): PathNode | undefined {
    if (this.#table !== undefined) return this.#table.find(bytes, start, end);
    for (let i = 0; i < this.children.length; i++) {
      const child = this.children[i] as PathNode;
      if (child.name.isSpelled(bytes, start, end)) return child;
    }
    return undefined;
  }

  /** Remembers the name of the member at `index`, which begins at `start`, with its quote and colon. */
  predict(index: number, view: DataView, start: number, length: number, node: PathNode | undefined): void {
    if (index >= maxPredictions || length > maxPredictedLength) return;
    const prediction = this.predictions[index];
    if (prediction === undefined || prediction.isMispredicted)
      this.predictions[index] = new NamePrediction(view, start, length, node, prediction);
  }

  addChild(name: string): PathNode {
    this.predictions.length = 0;
    const child = new PathNode(name, this);
    child.#position = this.children.push(child) - 1;
    if (this.#table !== undefined) this.#table.add(child);
    else if (this.children.length > maxLinearChildren) {
      this.#table = new NameTable();
      for (const each of this.children) this.#table.add(each);
    }
    return child;
  }

  /** Removes this node, and the nodes above it that led only here. */
  prune(): void {
    for (let node: PathNode = this; node.parent !== undefined; node = node.parent) {
      if (node.slot >= 0 || node.children.length > 0) return;
      node.parent.#remove(node);
    }
  }

  #remove(child: PathNode): void {
    this.predictions.length = 0;
    const last = this.children.pop() as PathNode;
    if (last !== child) {
      this.children[child.#position] = last;
      last.#position = child.#position;
    }
    this.#table?.delete(child);
  }
}

/** The paths that a pattern reads. */
export function pathsOf(conditions: Conditions): PathTrie {
  const paths = new PathTrie();
  for (const { path } of fieldsOf(conditions)) paths.acquire(path);
  return paths;
}

/** How a path may be spelled in an object: its first name, or its first names joined by dots; then the rest. */
export interface Spelling {
  readonly name: string;
  /** Whether objects inherit this name, so that having it must be asked for. */
  readonly inherited: boolean;
  /** How the rest may be spelled; undefined where the path ends. */
  readonly rest: readonly Spelling[] | undefined;
}

const maxSteps = 8;

/** Returns the ways to begin a path; undefined for a path of too many names. */
export function spellingsOf(steps: readonly string[]): readonly Spelling[] | undefined {
  if (steps.length > maxSteps) return undefined;
  let rests: (readonly Spelling[])[] = [];
  for (let from = steps.length - 1; from >= 0; from--) {
    const spellings = steps.slice(from).map((_, i): Spelling => {
      const name = steps.slice(from, from + i + 1).join('.');
      return { name, inherited: name in Object.prototype, rest: rests[i] };
    });
    rests = [spellings, ...rests];
  }
  return rests[0];
}
