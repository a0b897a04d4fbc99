import type { ReadOptions } from '../cloudformation/cloud-template.js';
import {
  describeNode,
  getMember,
  getString,
  isNull,
  list,
  type Member,
  nodeText,
  scalar,
  type TemplateNode,
  unknownName,
  unknownNode,
} from '../document/template-node.js';
import { childLocation, TemplateProblemError } from '../document/template-problem.js';

/** `${self:custom.bus, 'orders'}`, but not `${AWS::Region}`, which CloudFormation fills in. */
const innermost = /\$\{([a-zA-Z][\w-]*(?:\([^)]*\)(?!:)|(?:\([^)]*\))?:(?!:))[^${}]*)\}/;
const maxDepth = 100;
const maxNodes = 1_000_000;

/** The stage: of `opt:stage`, of the provider, else `dev`. */
export function stageOf(root: TemplateNode, { parameters }: ReadOptions): string {
  const given = parameters.get('stage') ?? parameters.get('opt:stage');
  const written = getString(root, 'provider', 'stage');
  if (given !== undefined) return given;
  return written === undefined || written.includes('${opt:stage') || written.includes('${sls:stage')
    ? fallbackOf(written)
    : written;
}

/** The literal behind the last comma of `${opt:stage, 'dev'}`. */
function fallbackOf(written: string | undefined): string {
  return /,\s*'([^']*)'\s*\}$/.exec(written ?? '')?.[1] ?? 'dev';
}

/** Resolves the variables of a value of serverless.yml. An unknown one becomes an unknown node. Throws a TemplateProblemError for endless references. */
export function createVariableResolver(root: TemplateNode, options: ReadOptions): (node: TemplateNode) => TemplateNode {
  const stage = stageOf(root, options);
  let nodes = 0;

  const resolveVariables = (node: TemplateNode, levels = maxDepth): TemplateNode => {
    if (levels === 0 || ++nodes > maxNodes)
      throw new TemplateProblemError(node.location, 'the variables lead to each other without end');
    if (node.kind === 'list') {
      return list(
        node.location,
        node.items.map((item) => resolveVariables(item, levels - 1)),
      );
    }
    if (node.kind === 'map') {
      // Its message names the variable.
      if (node.members.has(unknownName)) return node;
      const members = Array.from(node.members, ([name, { location, value }]): [string, Member] => [
        name,
        { location, value: resolveVariables(value, levels - 1) },
      ]);
      return { ...node, members: new Map(members) };
    }
    return typeof node.value === 'string' ? resolveString(node, node.value, levels) : node;
  };

  const resolveString = (node: TemplateNode, text: string, levels: number): TemplateNode => {
    try {
      return substitute(node, text, levels);
    } catch (error) {
      if (error instanceof TemplateProblemError) return unknownNode(node.location, error.message);
      throw error;
    }
  };

  const substitute = (node: TemplateNode, text: string, levels: number): TemplateNode => {
    let filled = text;
    for (let match = innermost.exec(filled), left = maxDepth; match !== null; match = innermost.exec(filled), left--) {
      if (left === 0) throw new TemplateProblemError(node.location, 'the variables lead to each other without end');
      const found = valueOfVariable(node, match[1] as string, levels);
      // A variable that is all of a value may be any node.
      if (match[0] === filled) return found;
      const part = nodeText(found);
      if (part === undefined)
        throw new TemplateProblemError(
          node.location,
          `${match[0]} is a part of a string, but is ${describeNode(found)}`,
        );
      filled = filled.slice(0, match.index) + part + filled.slice(match.index + match[0].length);
    }
    return filled === text ? node : scalar(node.location, filled);
  };

  const valueOfVariable = (node: TemplateNode, expression: string, levels: number): TemplateNode => {
    const [first = '', ...others] = expression.split(/\s*,\s*(?=(?:[^']*'[^']*')*[^']*$)/);
    for (const part of [first, ...others]) {
      const literal = /^(?:'([^']*)'|"([^"]*)")$/.exec(part.trim());
      if (literal !== null) return scalar(node.location, literal[1] ?? literal[2] ?? '');
      if (/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(part.trim()))
        return scalar(node.location, JSON.parse(part.trim()));
      const found = variableValue(part.trim());
      if (found !== undefined && !isNull(found))
        return { ...resolveVariables(found, levels - 1), location: node.location };
    }
    const parameter = first.trim();
    const other = parameter.startsWith('file(') ? ', or load the packaged CloudFormation' : '';
    throw new TemplateProblemError(
      node.location,
      `the variable \${${expression}} is not known here; give it as parameters[${JSON.stringify(parameter)}]${other}`,
      { code: 'unresolved', parameter },
    );
  };

  const variableValue = (variable: string): TemplateNode | undefined => {
    const { account, region, parameters } = options;
    const here = childLocation(root.location, variable);
    const colon = variable.indexOf(':');
    const [source, address] = [variable.slice(0, colon), variable.slice(colon + 1)];
    const given =
      parameters.get(variable) ?? (source === 'opt' || source === 'param' ? parameters.get(address) : undefined);
    if (given !== undefined) return scalar(here, given);
    if (source === 'self') return address === '' ? root : getMember(root, ...address.split('.'));
    if (source === 'param')
      return getMember(root, 'params', stage, address) ?? getMember(root, 'params', 'default', address);
    const known: Readonly<Record<string, string>> = {
      'sls:stage': stage,
      'sls:instanceId': 'footbridge',
      'aws:accountId': account,
      'aws:region': region,
      'opt:region': region,
    };
    const value = Object.hasOwn(known, variable) ? known[variable] : undefined;
    return value === undefined ? undefined : scalar(here, value);
  };

  return resolveVariables;
}
