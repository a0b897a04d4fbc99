import { ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { ResourceNode } from './cloud-template.js';

/**
 * The resource of a logical id, or of another name that only one of them has. `groups` are looked through in their order.
 * Throws a ValidationException.
 */
export function findResource(asker: string, name: string, groups: readonly (readonly ResourceNode[])[]): ResourceNode {
  for (const resources of groups) {
    const exact = resources.find(({ logicalId }) => logicalId === name);
    if (exact !== undefined) return exact;
  }
  for (const resources of groups) {
    const found = resources.filter(({ names }) => names.includes(name));
    if (found.length === 1) return found[0] as ResourceNode;
    if (found.length > 1) {
      throw invalid(`${asker}: ${JSON.stringify(name)} is the name of several: ${list(found)}. Take one of these.`);
    }
  }
  const all = groups.flat();
  const there = all.length === 0 ? 'The stack has none.' : `There are ${list(all)}.`;
  throw invalid(
    `${asker}: the stack has no ${typeof name === 'string' ? JSON.stringify(name) : describeValue(name)}. ${there}`,
  );
}

const mostListed = 20;

function list(resources: readonly ResourceNode[]): string {
  const names = resources.slice(0, mostListed).map(({ logicalId }) => logicalId);
  const more = resources.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
