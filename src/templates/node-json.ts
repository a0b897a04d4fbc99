import { isCall, type TemplateNode } from './template-node.js';

/** The JSON text of a node without intrinsic functions: its members in their order, its numbers as they are spelled. */
export function nodeJson(node: TemplateNode): string {
  if (node.kind === 'list') return `[${node.items.map(nodeJson).join(',')}]`;
  if (node.kind === 'map') {
    return `{${Array.from(node.members, ([name, { value }]) => `${JSON.stringify(name)}:${nodeJson(value)}`).join(',')}}`;
  }
  const { value, spelling } = node;
  if (spelling !== undefined && jsonNumber.test(spelling)) return spelling;
  return JSON.stringify(value);
}

/** The text of a scalar, as CloudFormation makes text of numbers and booleans. */
export function nodeText(node: TemplateNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { spelling = '', value } = node;
  // An account that is not quoted keeps its zeros.
  return jsonNumber.test(spelling) || /^0\d+$/.test(spelling) ? spelling : String(value);
}

/** A node in one line as somebody would write it: intrinsic functions by their short tags. */
export function nodeSource(node: TemplateNode): string {
  if (node.kind === 'list') return `[${node.items.map(nodeSource).join(', ')}]`;
  if (node.kind === 'scalar') {
    return typeof node.value === 'string' ? `'${node.value.replaceAll("'", "''")}'` : nodeJson(node);
  }
  const [[name, { value }] = ['', { value: node }]] = node.members;
  if (isCall(node)) {
    const tag = `!${name.replace('Fn::', '')}`;
    if (name === 'Ref' && value.kind === 'scalar') return `${tag} ${value.value}`;
    const parts = name === 'Fn::GetAtt' && value.kind === 'list' ? value.items.map(nodeText) : [];
    return parts.length > 0 && !parts.includes(undefined) ? `${tag} ${parts.join('.')}` : `${tag} ${nodeSource(value)}`;
  }
  return `{ ${Array.from(node.members, ([key, { value }]) => `${key}: ${nodeSource(value)}`).join(', ')} }`;
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
