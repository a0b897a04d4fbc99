import { hasPlaceholder } from '../cloudformation/placeholders.js';
import type { RuleDraft } from '../deploy/deployment.js';
import { nodeJson, type ScalarNode, type TemplateNode } from '../document/template-node.js';
import type { Warn } from './findings.js';
import { type PatternField, patternFields, patternNode, plainValues } from './pattern-fields.js';

const operators = new Set([
  'prefix',
  'suffix',
  'anything-but',
  'numeric',
  'exists',
  'wildcard',
  'cidr',
  'equals-ignore-case',
]);

/** What a pattern says, although its author probably means something else. */
export function lintPattern({ properties }: RuleDraft, warn: Warn): void {
  const pattern = patternNode(properties.members.get('EventPattern')?.value);
  for (const field of patternFields(pattern)) {
    lintKey(field, warn);
    for (const value of plainValues(field)) lintValue(field, value, warn);
  }
}

function lintKey({ keys, location, value }: PatternField, warn: Warn): void {
  const key = keys.at(-1) ?? '';
  if (key.includes('.') && !key.startsWith('.') && !key.endsWith('.')) {
    const nested = key.split('.').reduceRight((inner, name) => `{ ${name}: ${inner} }`, '[…]');
    warn(
      location,
      'dotted-key',
      `the key "${key}" has dots: EventBridge reads it as the path ${keys.join('.')}; write ${nested.slice(2, -2)}`,
    );
  }
  if (keys.length > 1 && operators.has(key) && value.kind !== 'map') {
    const operand = value.kind === 'list' && value.items.length === 1 ? (value.items[0] as TemplateNode) : value;
    const meant = `${keys.at(-2)}: [{ "${key}": ${key === 'numeric' ? nodeJson(value) : nodeJson(operand)} }]`;
    warn(
      location,
      'operator-as-field',
      `"${key}" is the name of a field here (${keys.join('.')}): an operator is an object in the list: ${meant}`,
    );
  }
}

function lintValue({ keys }: PatternField, { location, value, spelling }: ScalarNode, warn: Warn): void {
  const path = keys.join('.');
  if (typeof value === 'boolean' && spelling !== undefined) {
    warn(location, 'yaml-word', `${path}: YAML reads ${spelling} as ${value}; quote it to compare with "${spelling}"`);
  }
  if (typeof value === 'number' && spelling !== undefined && isLikelyText(spelling)) {
    warn(
      location,
      'yaml-word',
      `${path}: YAML reads ${spelling} as the number ${value}; quote it to compare with "${spelling}"`,
    );
  }
  if (typeof value !== 'string' || hasPlaceholder(value)) return;
  if (/^\s*[{[]/.test(value) && isJson(value)) {
    const cure = 'a pattern can only look into objects: name their fields, not their JSON text';
    warn(location, 'json-in-string', `${path}: the string is JSON text, which is compared letter by letter; ${cure}`);
  } else if (value.includes('*')) {
    const meant = `{ "wildcard": ${JSON.stringify(value)} }`;
    warn(
      location,
      'wildcard-in-plain-string',
      `${path}: "${value}" matches only this text, with its *; write ${meant}`,
    );
  }
}

/** A version, an octal number, or minutes and seconds. */
function isLikelyText(spelling: string): boolean {
  return /^\d+\.\d*0$/.test(spelling) || /^0\d/.test(spelling) || spelling.includes(':');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
