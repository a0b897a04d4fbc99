import type { ResourceNode, SkippedResource, TemplateResolver } from '../cloudformation/cloud-template.js';
import { missingSecret, unknownReference } from '../cloudformation/dynamic-reference.js';
import { entriesOf, getMember, isCall } from '../document/template-node.js';
import { collectProblems, type TemplateProblem } from '../document/template-problem.js';

/** The environment variables of each function; one that cannot be resolved is added to `skipped`. */
export function readEnvironments(
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
  skipped: SkippedResource[],
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const environments = new Map<string, Readonly<Record<string, string>>>();
  for (const { logicalId, names, type, properties } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const variables: [string, string][] = [];
    const problems: TemplateProblem[] = [];
    collectProblems(problems, () => {
      const environment = getMember(properties, 'Environment');
      entriesOf(environment, 'Environment');
      const written = getMember(environment, 'Variables');
      // A function may make all of them.
      const all = written && isCall(written) ? resolver.resolve(written) : written;
      for (const [name, { value }] of entriesOf(all, 'Variables')) {
        const resolved = collectProblems(problems, () => {
          if (resolver.resolve(value) === undefined) return undefined;
          const text = resolver.text(value, `the variable ${name}`);
          const secret = missingSecret(text);
          if (secret !== undefined) throw unknownReference(secret, value.location);
          return text;
        });
        if (resolved !== undefined) variables.push([name, resolved]);
      }
    });
    for (const { message, code: _, parameter: __, ...location } of problems)
      skipped.push({ kind: 'value', logicalId, names, type, location, reason: message });
    environments.set(logicalId, Object.fromEntries(variables));
  }
  return environments;
}
