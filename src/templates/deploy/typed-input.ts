import type { Shape, Structure } from '../../model/shape.js';
import { describeNode, nodeJson, nodeText, type TemplateNode } from '../document/template-node.js';
import { TemplateProblemError } from '../document/template-problem.js';

/** Members whose value is JSON text, for which a template has the JSON itself. */
const jsonMembers = new Set(['EventPattern', 'Policy']);

/** The names of properties that differ between CloudFormation and the API. */
const apiNames: Readonly<Record<string, string>> = {
  AwsVpcConfiguration: 'awsvpcConfiguration',
  CapacityProvider: 'capacityProvider',
  Weight: 'weight',
  Base: 'base',
  Type: 'type',
  Expression: 'expression',
  Field: 'field',
  TagList: 'Tags',
};

/**
 * The input of an operation from resolved properties. CloudFormation takes text for numbers and booleans and numbers for
 * text, and rejects unknown properties. `others` are known, too, but not in `node`. Throws a TemplateProblemError.
 */
export function typedInput(shape: Shape, node: TemplateNode, what: string, others: readonly string[] = []): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureOf(shape, node, what, others);
    case 'map': {
      if (node.kind !== 'map') throw wrong(node, what, 'an object');
      return Object.fromEntries(
        Array.from(node.members, ([name, { value }]) => [name, typedInput(shape.values, value, `${what}.${name}`)]),
      );
    }
    case 'list': {
      if (node.kind !== 'list') throw wrong(node, what, 'a list');
      return node.items.map((item, index) => typedInput(shape.of, item, `${what}[${index}]`));
    }
    case 'string': {
      const text = nodeText(node);
      if (text === undefined) throw wrong(node, what, 'a string');
      return text;
    }
    case 'integer': {
      const number = Number(nodeText(node) ?? 'none');
      if (!Number.isInteger(number)) throw wrong(node, what, 'a whole number');
      return number;
    }
    case 'boolean': {
      const text = nodeText(node);
      if (text !== 'true' && text !== 'false') throw wrong(node, what, 'true or false');
      return text === 'true';
    }
    case 'timestamp':
      return nodeText(node);
  }
}

function structureOf(
  shape: Structure,
  node: TemplateNode,
  what: string,
  others: readonly string[],
): Record<string, unknown> {
  if (node.kind !== 'map') throw wrong(node, what, 'an object');
  const input: Record<string, unknown> = {};
  for (const [written, { location, value }] of node.members) {
    const name = Object.hasOwn(shape.members, written) ? written : (apiNames[written] ?? written);
    const memberShape = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (memberShape === undefined) {
      const known = new Set([...Object.keys(shape.members), ...others]);
      throw new TemplateProblemError(location, `${what} has no property ${written}; it has ${[...known].join(', ')}`);
    }
    const isJson = jsonMembers.has(name) && value.kind !== 'scalar';
    input[name] = isJson ? nodeJson(value) : typedInput(memberShape, value, name);
  }
  return input;
}

function wrong(node: TemplateNode, what: string, wanted: string): TemplateProblemError {
  const shown = node.kind === 'scalar' && node.value !== null ? `${JSON.stringify(node.value)}` : describeNode(node);
  return new TemplateProblemError(node.location, `${what} must be ${wanted}, but is ${shown}`);
}
