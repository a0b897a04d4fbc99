import { isBusArn, makeArn, parseArn } from '../../base/arn.js';
import { isServiceError, type ServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import type { Structure } from '../../model/shape.js';
import type { Tag } from '../../model/target.js';

import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { withValidValues } from '../cloudformation/placeholders.js';
import type { MapNode, Member, TemplateNode } from '../document/template-node.js';
import {
  type SourceLocation,
  type TemplateProblem,
  TemplateProblemError,
  templateProblem,
} from '../document/template-problem.js';
import type { StackRule } from './stack.js';
import type { StackOwnership, StackPart } from './stack-parts.js';
import { typedInput } from './typed-input.js';

/** What a resource is deployed with. */
export interface Deployment {
  readonly bridge: Bridge;
  readonly resolver: TemplateResolver;
  /** The resources that are deployed, by their ARN. */
  readonly byArn: ReadonlyMap<string, ResourceNode>;
  /** Filled as rules are deployed. */
  readonly rules: StackRule[];
  /** Filled before rules are deployed. */
  readonly drafts: RuleDraft[];
  /** Problems of parts of a resource whose other parts are still checked. */
  readonly problems: TemplateProblem[];
  /** What the stack has in the bridge. */
  readonly parts: StackOwnership;
  /** Whether the bridge is thrown away afterwards. */
  readonly isDryRun: boolean;
}

/** A rule before it is deployed. */
export interface RuleDraft {
  readonly resource: ResourceNode;
  /** Without intrinsic functions. */
  readonly properties: MapNode;
  /** The name of its bus. */
  readonly bus: string;
  readonly name: string;
  /** Whether placeholders replace unresolved values. */
  readonly hasPlaceholder: boolean;
}

/** The properties of a resource without intrinsic functions. */
export function resolvedProperties(resolver: TemplateResolver, { properties }: ResourceNode): MapNode {
  const resolved = resolver.resolve(properties);
  if (resolved?.kind !== 'map') return { ...properties, members: new Map() };
  return withValidValues(resolved, resolver.settings) as MapNode;
}

/** The input of an operation from some of the properties, of which `others` go elsewhere. */
export function operationInput(
  shape: Structure,
  properties: MapNode,
  what: string,
  others: readonly string[] = [],
): Record<string, unknown> {
  const members = Array.from(properties.members).filter(([name]) => !others.includes(name));
  const ownMembers = { ...properties, members: new Map<string, Member>(members) };
  return typedInput(shape, ownMembers, what, others) as Record<string, unknown>;
}

/** Runs an operation; its error is a problem at `location`, or at the property that the error names. */
export function problemAt<Result>(
  location: SourceLocation,
  work: () => Promise<Result>,
  properties?: MapNode,
): Promise<Result> {
  return mapServiceError(
    ({ message }) =>
      new TemplateProblemError((properties && memberInError(properties, message)?.location) ?? location, message),
    work,
  );
}

/** The property that an error names, as in `at 'retentionDays'`. */
export function memberInError({ members }: MapNode, message: string): TemplateNode | undefined {
  const [, name = ''] = / at '(?:event)?(\w+)/i.exec(message) ?? [];
  for (const [written, { value }] of members) {
    if (written.toLowerCase() === name.toLowerCase() || written.toLowerCase() === `event${name}`.toLowerCase())
      return value;
  }
  return undefined;
}

/** Runs `work` and records what it rejects. Returns whether it was accepted. */
export async function collectRejection(
  { problems }: Pick<Deployment, 'problems'>,
  work: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof TemplateProblemError)) throw error;
    problems.push(templateProblem(error));
    return false;
  }
}

/** Runs an operation; `problem` maps its error to a problem of the template. */
export async function mapServiceError<Result>(
  problem: (error: ServiceError) => TemplateProblemError,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isServiceError(error) ? problem(error) : error;
  }
}

/** Creates a part, or changes an existing one. */
export async function createOrUpdate<Result>(
  { parts }: Deployment,
  resource: ResourceNode,
  part: StackPart,
  { make, change }: { readonly make: () => Promise<Result>; readonly change: () => Promise<Result> },
): Promise<Result> {
  try {
    const made = await make();
    parts.record(part, resource, true);
    return made;
  } catch (error) {
    if (!isServiceError(error) || error.name !== 'ResourceAlreadyExistsException') throw error;
    parts.record(part, resource, false);
    return change();
  }
}

/** Puts tags on what bears them already, which a change of it does not do. */
export async function updateTags(
  { bridge, parts }: Deployment,
  resource: ResourceNode,
  arn: string,
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length > 0) await bridge.tagResource({ ResourceARN: arn, Tags: tags });
  for (const { Key } of tags) parts.record({ kind: 'tag', arn, name: Key ?? '' }, resource, true);
}

/** Empty strings for fields that exist and are no longer wanted: an update keeps a field that is absent. */
export function clearedFields(before: object, wanted: object, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(before, name) && !Object.hasOwn(wanted, name)).map((name) => [name, '']),
  );
}

/** Moves the ARN of a bus of the stack's account and region to those of the bridge; returns any other text as it is. */
export function toBridgeArn({ bridge, resolver }: Deployment, text: string): string {
  if (!isBusArn(text)) return text;
  const arn = parseArn(text);
  const { account, region } = resolver.settings;
  return arn?.account === account && arn.region === region ? makeArn(bridge, 'events', arn.resource) : text;
}

export function locationOf(properties: MapNode, name: string): SourceLocation {
  return properties.members.get(name)?.value.location ?? properties.location;
}
