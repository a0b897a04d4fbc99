import { sharedOn } from '../../base/copies.js';
import type { Bridge } from '../../bridge/bridge.js';
import { onReset } from '../../bridge/internals.js';

import type { ResourceNode } from '../cloudformation/cloud-template.js';

/** Something that a template puts into a bridge, as the API calls it. */
export interface StackPart {
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
export interface OwnedPart {
  readonly part: StackPart;
  readonly stack: string;
  readonly resource: ResourceNode;
}

/** What a stack has in a bridge, while it is loaded. */
export interface StackOwnership {
  /** Takes down that the template has a part. It is the stack's if `isMade`, or if a stack has made it before: what others made is not. */
  record(part: StackPart, resource: ResourceNode, isMade: boolean): void;
  /** Whether a stack has made it. */
  isOwned(part: StackPart): boolean;
  /** What earlier loads of the stack have made and this one has not taken. */
  stale(): readonly OwnedPart[];
  /** Removes a part that is no longer in the bridge. */
  remove(part: StackPart): void;
}

export type PartsByKey = Map<string, OwnedPart>;

export function stackOwnership(stack: string, parts: PartsByKey = new Map()): StackOwnership {
  const taken = new Set<string>();
  return {
    record: (part, resource, isMade) => {
      const key = keyOf(part);
      taken.add(key);
      if (isMade || parts.has(key)) parts.set(key, { part, stack, resource });
    },
    isOwned: (part) => parts.has(keyOf(part)),
    stale: () => Array.from(parts.values()).filter((held) => held.stack === stack && !taken.has(keyOf(held.part))),
    remove: (part) => parts.delete(keyOf(part)),
  };
}

function keyOf({ kind, bus, rule, arn, name }: StackPart): string {
  return JSON.stringify([kind, bus, rule, arn, name]);
}

interface LoadQueue {
  readonly parts: PartsByKey;
  /** The load in progress: two at once would remove each other's parts. */
  last: Promise<unknown>;
}

/** Runs a load after those before it, with what all stacks have created in the bridge since it was created or reset. */
export function runSequentially<Result>(bridge: Bridge, load: (parts: PartsByKey) => Promise<Result>): Promise<Result> {
  const queue = sharedOn<LoadQueue>(bridge, 'loadedStacks', () => {
    const parts: PartsByKey = new Map();
    onReset(bridge, () => parts.clear());
    return { parts, last: Promise.resolve() };
  });
  const run = queue.last.then(() => load(queue.parts));
  queue.last = run.catch(() => {});
  return run;
}
