import type { Bridge } from '../../bridge/bridge.js';
import { onReset } from '../../bridge/internals.js';

import type { ResourceNode } from '../cloudformation/cloud-template.js';

/** Something that a template puts into a bridge, as the API calls it. */
export interface Part {
  readonly kind: 'bus' | 'statement' | 'connection' | 'apiDestination' | 'archive' | 'rule' | 'target' | 'tag';
  /** The Id of a target; the Sid of a statement, or its text; the key of a tag. */
  readonly name: string;
  /** The bus that it is on. */
  readonly bus?: string;
  /** The rule of a target. */
  readonly rule?: string;
  /** Of what bears a tag. */
  readonly arn?: string;
}

/** A part, with the stack that it is of. */
export interface HeldPart {
  readonly part: Part;
  readonly stack: string;
  readonly resource: ResourceNode;
}

/** What a stack has in a bridge, while it is loaded. */
export interface StackParts {
  /** Takes down that the template has a part. It is the stack's if `isMade`, or if a stack has made it before: what others made is not. */
  take(part: Part, resource: ResourceNode, isMade: boolean): void;
  /** Whether a stack has made it. */
  isHeld(part: Part): boolean;
  /** What earlier loads of the stack have made and this one has not taken. */
  left(): readonly HeldPart[];
  /** Forgets a part, as it is there no more. */
  drop(part: Part): void;
}

export type PartsByKey = Map<string, HeldPart>;

export function stackParts(stack: string, parts: PartsByKey = new Map()): StackParts {
  const taken = new Set<string>();
  return {
    take: (part, resource, isMade) => {
      const key = keyOf(part);
      taken.add(key);
      if (isMade || parts.has(key)) parts.set(key, { part, stack, resource });
    },
    isHeld: (part) => parts.has(keyOf(part)),
    left: () => Array.from(parts.values()).filter((held) => held.stack === stack && !taken.has(keyOf(held.part))),
    drop: (part) => parts.delete(keyOf(part)),
  };
}

function keyOf({ kind, bus, rule, arn, name }: Part): string {
  return JSON.stringify([kind, bus, rule, arn, name]);
}

/** On a bridge, where every copy of the package finds it: what its stacks have made. */
const brand = Symbol.for('footbridge.stacks');

interface Loads {
  readonly parts: PartsByKey;
  /** The load under way: two at once would take out each other's parts. */
  last: Promise<unknown>;
}

/** Runs a load once those before it have ended, with what all stacks have made in the bridge since it was made as new. */
export function inTurn<Result>(bridge: Bridge, load: (parts: PartsByKey) => Promise<Result>): Promise<Result> {
  const loads = loadsOf(bridge);
  const run = loads.last.then(() => load(loads.parts));
  loads.last = run.catch(() => {});
  return run;
}

function loadsOf(bridge: Bridge & { [brand]?: Loads }): Loads {
  const known = bridge[brand];
  if (known !== undefined) return known;
  const loads: Loads = { parts: new Map(), last: Promise.resolve() };
  onReset(bridge, () => loads.parts.clear());
  Object.defineProperty(bridge, brand, { value: loads });
  return loads;
}
