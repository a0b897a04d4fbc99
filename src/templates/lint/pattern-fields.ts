import { getMember, nodeOf, type ScalarNode, type TemplateNode } from '../document/template-node.js';
import type { SourceLocation } from '../document/template-problem.js';

/** A field of a pattern as the template has it, or an object that should be one. */
export interface PatternField {
  /** The keys that lead there, without `$or`. */
  readonly keys: readonly string[];
  /** Of the last key. */
  readonly location: SourceLocation;
  readonly value: TemplateNode;
}

const maxDepth = 50;

/** The pattern as nodes, also where the template has it as JSON text. */
export function patternNode(pattern: TemplateNode | undefined): TemplateNode | undefined {
  if (pattern?.kind !== 'scalar' || typeof pattern.value !== 'string') return pattern;
  try {
    return nodeOf(JSON.parse(pattern.value), pattern.location, maxDepth);
  } catch {
    return undefined;
  }
}

/** All fields at every level, whether the pattern is valid or not. */
export function patternFields(pattern: TemplateNode | undefined): readonly PatternField[] {
  const fields: PatternField[] = [];
  const visit = (node: TemplateNode | undefined, keys: readonly string[], levels: number) => {
    if (node?.kind !== 'map' || levels === 0) return;
    for (const [key, { location, value }] of node.members) {
      if (key === '$or' && value.kind === 'list') {
        for (const branch of value.items) visit(branch, keys, levels - 1);
        continue;
      }
      fields.push({ keys: [...keys, key], location, value });
      visit(value, [...keys, key], levels - 1);
    }
  };
  visit(pattern, [], maxDepth);
  return fields;
}

/** The plain values of a field's list. */
export function plainValues({ value }: PatternField): readonly ScalarNode[] {
  return value.kind === 'list' ? value.items.filter((item) => item.kind === 'scalar') : [];
}

/** The strings that a top-level field compares with; `undefined` where it has other matchers or is absent. */
export function onlyStrings(pattern: TemplateNode | undefined, name: string): readonly ScalarNode[] | undefined {
  const value = getMember(pattern, name);
  if (value?.kind !== 'list' || value.items.length === 0) return undefined;
  const strings = value.items.filter((item) => item.kind === 'scalar' && typeof item.value === 'string');
  return strings.length === value.items.length ? (strings as ScalarNode[]) : undefined;
}
