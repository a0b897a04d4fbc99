import type { ReadOptions } from '../cloudformation/cloud-template.js';
import { below, Problem } from '../document/problem.js';
import {
  describeNode,
  isNull,
  list,
  type Member,
  member,
  nodeText,
  scalar,
  type TemplateNode,
  textMember,
  unknownName,
  unknownNode,
} from '../document/template-node.js';

/** `${self:custom.bus, 'orders'}`, but not `${AWS::Region}`, which CloudFormation fills in. */
const innermost = /\$\{([a-zA-Z][\w-]*(?:\([^)]*\)(?!:)|(?:\([^)]*\))?:(?!:))[^${}]*)\}/;
const deepest = 100;
const mostNodes = 1_000_000;

/** The stage: of `opt:stage`, of the provider, else `dev`. */
export function stageOf(root: TemplateNode, { parameters }: ReadOptions): string {
  const given = parameters.get('stage') ?? parameters.get('opt:stage');
  const written = textMember(root, 'provider', 'stage');
  if (given !== undefined) return given;
  return written === undefined || written.includes('${opt:stage') || written.includes('${sls:stage')
    ? fallbackOf(written)
    : written;
}

/** The literal behind the last comma of `${opt:stage, 'dev'}`. */
function fallbackOf(written: string | undefined): string {
  return /,\s*'([^']*)'\s*\}$/.exec(written ?? '')?.[1] ?? 'dev';
}

/** Fills in the variables of a value of serverless.yml. One that is not known becomes an unknown node. Throws a Problem for what never ends. */
export function makeFiller(root: TemplateNode, options: ReadOptions): (node: TemplateNode) => TemplateNode {
  const stage = stageOf(root, options);
  let nodes = 0;

  const fill = (node: TemplateNode, levels = deepest): TemplateNode => {
    if (levels === 0 || ++nodes > mostNodes)
      throw new Problem(node.place, 'the variables lead to each other without end');
    if (node.kind === 'list') {
      return list(
        node.place,
        node.items.map((item) => fill(item, levels - 1)),
      );
    }
    if (node.kind === 'map') {
      // What it says names the variable.
      if (node.members.has(unknownName)) return node;
      const members = Array.from(node.members, ([name, { place, value }]): [string, Member] => [
        name,
        { place, value: fill(value, levels - 1) },
      ]);
      return { ...node, members: new Map(members) };
    }
    return typeof node.value === 'string' ? fillKnown(node, node.value, levels) : node;
  };

  const fillKnown = (node: TemplateNode, text: string, levels: number): TemplateNode => {
    try {
      return fillText(node, text, levels);
    } catch (error) {
      if (error instanceof Problem) return unknownNode(node.place, error.message);
      throw error;
    }
  };

  const fillText = (node: TemplateNode, text: string, levels: number): TemplateNode => {
    let filled = text;
    for (let match = innermost.exec(filled), left = deepest; match !== null; match = innermost.exec(filled), left--) {
      if (left === 0) throw new Problem(node.place, 'the variables lead to each other without end');
      const found = valueOfVariable(node, match[1] as string, levels);
      // A variable that is all of a value may stand for more than text.
      if (match[0] === filled) return found;
      const part = nodeText(found);
      if (part === undefined)
        throw new Problem(node.place, `${match[0]} is a part of a text, but is ${describeNode(found)}`);
      filled = filled.slice(0, match.index) + part + filled.slice(match.index + match[0].length);
    }
    return filled === text ? node : scalar(node.place, filled);
  };

  const valueOfVariable = (node: TemplateNode, expression: string, levels: number): TemplateNode => {
    const [first = '', ...others] = expression.split(/\s*,\s*(?=(?:[^']*'[^']*')*[^']*$)/);
    for (const part of [first, ...others]) {
      const literal = /^(?:'([^']*)'|"([^"]*)")$/.exec(part.trim());
      if (literal !== null) return scalar(node.place, literal[1] ?? literal[2] ?? '');
      if (/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(part.trim())) return scalar(node.place, JSON.parse(part.trim()));
      const found = lookUp(part.trim());
      if (found !== undefined && !isNull(found)) return { ...fill(found, levels - 1), place: node.place };
    }
    const parameter = first.trim();
    const other = parameter.startsWith('file(') ? ', or load the packaged CloudFormation' : '';
    throw new Problem(
      node.place,
      `the variable \${${expression}} is not known here; give it as parameters[${JSON.stringify(parameter)}]${other}`,
      { code: 'unresolved', parameter },
    );
  };

  const lookUp = (variable: string): TemplateNode | undefined => {
    const { account, region, parameters } = options;
    const here = below(root.place, variable);
    const colon = variable.indexOf(':');
    const [source, address] = [variable.slice(0, colon), variable.slice(colon + 1)];
    const given =
      parameters.get(variable) ?? (source === 'opt' || source === 'param' ? parameters.get(address) : undefined);
    if (given !== undefined) return scalar(here, given);
    if (source === 'self') return address === '' ? root : member(root, ...address.split('.'));
    if (source === 'param') return member(root, 'params', stage, address) ?? member(root, 'params', 'default', address);
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

  return fill;
}
