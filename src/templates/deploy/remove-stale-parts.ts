import { isServiceError } from '../../base/service-error.js';
import type { Bridge } from '../../bridge/bridge.js';
import { internalsOf } from '../../bridge/internals.js';
import type { SkippedResource } from '../cloudformation/cloud-template.js';
import type { StackOwnership, StackPart } from './stack-parts.js';

/** In the order in which one lets go of another. */
const order: readonly StackPart['kind'][] = [
  'tag',
  'target',
  'rule',
  'archive',
  'apiDestination',
  'connection',
  'statement',
  'bus',
];

/** Takes out of the bridge what a template has no more. Returns what stays, since others have put something into it. */
export async function removeStaleParts(bridge: Bridge, parts: StackOwnership): Promise<readonly SkippedResource[]> {
  const skipped: SkippedResource[] = [];
  const left = [...parts.stale()].sort((a, b) => order.indexOf(a.part.kind) - order.indexOf(b.part.kind));
  for (const { part, resource } of left) {
    const dependent = await dependentOf(bridge, part);
    if (dependent === undefined) {
      await remove(bridge, part);
      parts.remove(part);
      continue;
    }
    const { logicalId, names, type, location } = resource;
    const reason = `${part.kind} ${part.name} is not in the template any more, but stays for what others have put into it: ${dependent}`;
    skipped.push({ kind: 'kept', logicalId, names, type, location, reason });
  }
  return skipped;
}

/** What would be lost with a rule or a bus. */
async function dependentOf(bridge: Bridge, { kind, bus = '', name }: StackPart): Promise<string | undefined> {
  const dependents =
    kind === 'rule' ? await ruleDependents(bridge, bus, name) : kind === 'bus' ? busDependents(bridge, name) : [];
  return dependents.length === 0 ? undefined : dependents.join(', ');
}

async function ruleDependents(bridge: Bridge, EventBusName: string, Rule: string): Promise<readonly string[]> {
  try {
    const { Targets } = await bridge.listTargetsByRule({ Rule, EventBusName, Limit: 100 });
    return Targets.map(({ Id }) => `target ${Id}`);
  } catch (error) {
    return ignoreMissing(error, []);
  }
}

function busDependents(bridge: Bridge, name: string): readonly string[] {
  const bus = internalsOf(bridge, 'loadTemplate')
    .overview()
    .buses.find((other) => other.name === name);
  const rules = bus?.rules.map((rule) => `rule ${rule.name}`) ?? [];
  return [...rules, ...(bus?.subscriptions.map((subscription) => `subscription ${subscription}`) ?? [])];
}

async function remove(bridge: Bridge, { kind, bus = '', rule = '', arn = '', name }: StackPart): Promise<void> {
  try {
    if (kind === 'tag') await bridge.untagResource({ ResourceARN: arn, TagKeys: [name] });
    else if (kind === 'target') await bridge.removeTargets({ Rule: rule, EventBusName: bus, Ids: [name] });
    else if (kind === 'rule') await bridge.deleteRule({ Name: name, EventBusName: bus });
    else if (kind === 'archive') await bridge.deleteArchive({ ArchiveName: name });
    else if (kind === 'apiDestination') await bridge.deleteApiDestination({ Name: name });
    else if (kind === 'connection') await bridge.deleteConnection({ Name: name });
    else if (kind === 'statement') await removeStatement(bridge, bus, name);
    else await bridge.deleteEventBus({ Name: name });
  } catch (error) {
    ignoreMissing(error, undefined);
  }
}

/** Somebody else has removed it, or its bus. */
function ignoreMissing<Result>(error: unknown, result: Result): Result {
  if (isServiceError(error) && error.name === 'ResourceNotFoundException') return result;
  throw error;
}

async function removeStatement(bridge: Bridge, bus: string, name: string): Promise<void> {
  const { Policy } = await bridge.describeEventBus({ Name: bus });
  if (Policy === undefined) return;
  const document = JSON.parse(Policy) as { Statement?: unknown };
  const Statement = statementsOf(Policy).filter((statement) => statementName(statement) !== name);
  if (Statement.length > 0) {
    await bridge.putPermission({ EventBusName: bus, Policy: JSON.stringify({ ...document, Statement }) });
  } else {
    await bridge.removePermission({ EventBusName: bus, RemoveAllPermissions: true });
  }
}

/** The statements of a policy document. */
export function statementsOf(policy: string): readonly unknown[] {
  const { Statement } = JSON.parse(policy) as { Statement?: unknown };
  return Statement === undefined ? [] : [Statement].flat();
}

/** What a statement is known by. */
export function statementName(statement: unknown): string {
  const { Sid } = (statement ?? {}) as { Sid?: unknown };
  return typeof Sid === 'string' ? Sid : JSON.stringify(statement);
}
