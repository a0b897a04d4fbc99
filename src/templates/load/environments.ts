import type { ResourceNode, Scope, Skipped } from '../cloudformation/cloud-template.js';
import { missingSecret, unknownReference } from '../cloudformation/dynamic-reference.js';
import { gather, type TemplateProblem } from '../document/problem.js';
import { isCall, member, membersOf } from '../document/template-node.js';

/** The environment variables of each function; one that cannot be resolved is added to `skipped`. */
export function readEnvironments(
  scope: Scope,
  resources: readonly ResourceNode[],
  skipped: Skipped[],
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const environments = new Map<string, Readonly<Record<string, string>>>();
  for (const { logicalId, names, type, properties } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const variables: [string, string][] = [];
    const problems: TemplateProblem[] = [];
    gather(problems, () => {
      const environment = member(properties, 'Environment');
      membersOf(environment, 'Environment');
      const written = member(environment, 'Variables');
      // A function may make all of them.
      const all = written && isCall(written) ? scope.resolve(written) : written;
      for (const [name, { value }] of membersOf(all, 'Variables')) {
        const resolved = gather(problems, () => {
          if (scope.resolve(value) === undefined) return undefined;
          const text = scope.text(value, `the variable ${name}`);
          const secret = missingSecret(text);
          if (secret !== undefined) throw unknownReference(secret, value.place);
          return text;
        });
        if (resolved !== undefined) variables.push([name, resolved]);
      }
    });
    for (const { message, gap: _, ...place } of problems)
      skipped.push({ logicalId, names, type, place, reason: message });
    environments.set(logicalId, Object.fromEntries(variables));
  }
  return environments;
}
