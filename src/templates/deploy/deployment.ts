import { isBusArn, makeArn, parseArn } from '../../base/arn.js';
import { isServiceError, type ServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import type { Structure } from '../../model/shape.js';
import type { Tag } from '../../model/target.js';
import type { ResourceNode, Scope } from '../cloudformation/cloud-template.js';
import { type Place, Problem } from '../document/problem.js';
import type { MapNode, Member, TemplateNode } from '../document/template-node.js';
import type { StackRule } from './stack.js';
import type { Part, StackParts } from './stack-parts.js';
import { typedInput } from './typed-input.js';

/** What a resource is deployed with. */
export interface Deployment {
  readonly bridge: Bridge;
  readonly scope: Scope;
  /** The resources that are deployed, by their ARN. */
  readonly byArn: ReadonlyMap<string, ResourceNode>;
  /** Filled as rules are deployed. */
  readonly rules: StackRule[];
  /** What the stack has in the bridge. */
  readonly parts: StackParts;
}

/** The properties of a resource without intrinsic functions. */
export function resolvedProperties(scope: Scope, { properties }: ResourceNode): MapNode {
  const resolved = scope.resolve(properties);
  return resolved?.kind === 'map' ? resolved : { ...properties, members: new Map() };
}

/** The input of an operation from some of the properties, of which `others` go elsewhere. */
export function inputOf(
  shape: Structure,
  properties: MapNode,
  what: string,
  others: readonly string[] = [],
): Record<string, unknown> {
  const members = Array.from(properties.members).filter(([name]) => !others.includes(name));
  const mine = { ...properties, members: new Map<string, Member>(members) };
  return typedInput(shape, mine, what, others) as Record<string, unknown>;
}

/** Runs an operation; what it refuses is a Problem at a place, or at the one of `properties` that the refusal names. */
export function refusedAt<Result>(place: Place, work: () => Promise<Result>, properties?: MapNode): Promise<Result> {
  return refusedAs(
    ({ message }) => new Problem((properties && refusedMember(properties, message)?.place) ?? place, message),
    work,
  );
}

/** The service says `at 'retentionDays'`. */
export function refusedMember({ members }: MapNode, message: string): TemplateNode | undefined {
  const [, name = ''] = / at '(?:event)?(\w+)/i.exec(message) ?? [];
  for (const [written, { value }] of members) {
    if (written.toLowerCase() === name.toLowerCase() || written.toLowerCase() === `event${name}`.toLowerCase())
      return value;
  }
  return undefined;
}

/** Runs an operation; `problem` says what a refusal is in the template. */
export async function refusedAs<Result>(
  problem: (error: ServiceError) => Problem,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isServiceError(error) ? problem(error) : error;
  }
}

/** Makes a part that is not there yet, and changes one that is. */
export async function makeOrChange<Result>(
  { parts }: Deployment,
  resource: ResourceNode,
  part: Part,
  { make, change }: { readonly make: () => Promise<Result>; readonly change: () => Promise<Result> },
): Promise<Result> {
  try {
    const made = await make();
    parts.take(part, resource, true);
    return made;
  } catch (error) {
    if (!isServiceError(error) || error.name !== 'ResourceAlreadyExistsException') throw error;
    parts.take(part, resource, false);
    return change();
  }
}

/** Puts tags on what bears them already, which a change of it does not do. */
export async function tagAgain(
  { bridge, parts }: Deployment,
  resource: ResourceNode,
  arn: string,
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length > 0) await bridge.tagResource({ ResourceARN: arn, Tags: tags });
  for (const { Key } of tags) parts.take({ kind: 'tag', arn, name: Key ?? '' }, resource, true);
}

/** An update keeps what it is not told: empty texts for what is there and not wanted any more. */
export function emptied(before: object, wanted: object, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(before, name) && !Object.hasOwn(wanted, name)).map((name) => [name, '']),
  );
}

/** The ARN of a bus of the stack's account and region, which is the bridge's whatever the options say; all else as it is. */
export function atHome({ bridge, scope }: Deployment, text: string): string {
  if (!isBusArn(text)) return text;
  const arn = parseArn(text);
  const { account, region } = scope.settings;
  return arn?.account === account && arn.region === region ? makeArn(bridge, 'events', arn.resource) : text;
}

export function placeOf(properties: MapNode, name: string): Place {
  return properties.members.get(name)?.value.place ?? properties.place;
}
