import { sharedOn } from '../../base/copies.js';
import type { Bridge } from '../../bridge/bridge.js';
import { onReset } from '../../bridge/internals.js';

import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { hasPlaceholder } from '../cloudformation/placeholders.js';
import { entriesOf, getMember, nodeText, type TemplateNode } from '../document/template-node.js';
import { collectProblems } from '../document/template-problem.js';

/**
 * What a stack offers to other stacks, by the names that the `parameters` option has for it: its exports, and the values of its SSM
 * parameters. A value that cannot be resolved is left out.
 */
export function valuesForOthers(
  resolver: TemplateResolver,
  resources: readonly ResourceNode[],
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const textOf = (node: TemplateNode | undefined): string | undefined => {
    const resolved = node && resolver.resolve(node);
    const text = resolved && nodeText(resolved);
    return text === undefined || hasPlaceholder(text) ? undefined : text;
  };
  collectProblems([], () => {
    for (const [, { value: output }] of entriesOf(resolver.template.outputs, 'Outputs')) {
      collectProblems([], () => {
        const name = textOf(getMember(output, 'Export', 'Name'));
        const value = name === undefined ? undefined : textOf(getMember(output, 'Value'));
        if (name !== undefined && value !== undefined) values.set(name, value);
      });
    }
  });
  for (const { type, properties } of resources) {
    if (type !== 'AWS::SSM::Parameter') continue;
    collectProblems([], () => {
      const name = textOf(getMember(properties, 'Name'));
      const value = textOf(getMember(properties, 'Value'));
      if (name !== undefined && value !== undefined) values.set(`ssm:${name}`, value);
    });
  }
  return values;
}

/** What the stacks of a bridge offer, by stack. */
export function stackValuesOf(bridge: Bridge): Map<string, ReadonlyMap<string, string>> {
  return sharedOn(bridge, 'stackValues', () => {
    const values = new Map<string, ReadonlyMap<string, string>>();
    onReset(bridge, () => values.clear());
    return values;
  });
}

/** `given` beside what other stacks offer, which counts less. */
export function withStackValues(
  given: ReadonlyMap<string, string>,
  others: Iterable<ReadonlyMap<string, string>>,
): ReadonlyMap<string, string> {
  return new Map([...Array.from(others, (values) => [...values]).flat(), ...given]);
}
