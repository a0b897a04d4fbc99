import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { getMember, getString, nodeOf, type TemplateNode } from '../document/template-node.js';
import { collectProblems } from '../document/template-problem.js';
import type { Warn } from './findings.js';
import { items, textOf } from './policies.js';

const maxDepth = 50;

/** Statements that let every account put events on a bus. */
export function lintBusPolicies(resolver: TemplateResolver, resources: readonly ResourceNode[], warn: Warn): void {
  for (const { logicalId, properties, type } of resources) {
    if (type !== 'AWS::Events::EventBusPolicy' && type !== 'AWS::Events::EventBus') continue;
    const resolved = collectProblems([], () => resolver.resolve(properties));
    const own =
      type === 'AWS::Events::EventBusPolicy' && getMember(resolved, 'Principal') !== undefined ? [resolved] : [];
    const statements = items(asNode(getMember(resolved, 'Statement')));
    const inPolicy = items(getMember(asNode(getMember(resolved, 'Policy')), 'Statement'));
    for (const statement of [...own, ...statements, ...inPolicy]) {
      if (statement === undefined || !isForEverybody(statement)) continue;
      const location = getMember(statement, 'Principal')?.location ?? statement.location;
      const cure = 'name the accounts, or add a Condition such as aws:PrincipalOrgID';
      warn(
        location,
        'open-bus-policy',
        `the policy ${logicalId} lets every AWS account put events on the bus: ${cure}`,
      );
    }
  }
}

function isForEverybody(statement: TemplateNode): boolean {
  if (getMember(statement, 'Condition') !== undefined || getString(statement, 'Effect') === 'Deny') return false;
  const principal = getMember(statement, 'Principal');
  return textOf(principal) === '*' || items(getMember(principal, 'AWS')).some((account) => textOf(account) === '*');
}

/** A policy may be JSON text. */
function asNode(node: TemplateNode | undefined): TemplateNode | undefined {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return node;
  try {
    return nodeOf(JSON.parse(node.value), node.location, maxDepth);
  } catch {
    return undefined;
  }
}
