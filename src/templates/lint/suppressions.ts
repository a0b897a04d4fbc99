import type { ResourceNode } from '../cloudformation/cloud-template.js';
import { getMember } from '../document/template-node.js';
import type { LintFinding } from './findings.js';
import { items, textOf } from './policies.js';

const comment = /(^\s*)?#\s*footbridge-ignore(-file)?\s+([\w, -]+?)\s*$/;

/**
 * Tells whether a warning is turned off in its template: by `# footbridge-ignore CODE, …` at the end of its line or on a line of its own
 * before it, by `# footbridge-ignore-file CODE, …` anywhere, or by `Metadata: { footbridge: { ignore: [CODE, …] } }` of its resource.
 */
export function readSuppressions(text: string, resources: Iterable<ResourceNode>): (finding: LintFinding) => boolean {
  const inFile = new Set<string>();
  const byLine = new Map<number, Set<string>>();
  for (const [index, line] of text.includes('footbridge-ignore') ? text.split('\n').entries() : []) {
    const [, alone, isFile, codes = ''] = comment.exec(line) ?? [];
    for (const code of codes.split(/[,\s]+/).filter(Boolean)) {
      if (isFile !== undefined) inFile.add(code);
      else add(byLine, index + (alone === undefined ? 1 : 2), code);
    }
  }
  const byPath = new Map<string, ReadonlySet<string>>();
  for (const { location, source } of resources) {
    const codes = items(getMember(source, 'Metadata', 'footbridge', 'ignore')).map(textOf);
    if (codes.length > 0) byPath.set(location.path, new Set(codes));
  }
  return ({ code, severity, line, path }) => {
    if (severity === 'error') return false;
    if (inFile.has(code) || byLine.get(line ?? 0)?.has(code)) return true;
    return Array.from(byPath).some(([of, codes]) => codes.has(code) && (path === of || path.startsWith(`${of}.`)));
  };
}

function add(byLine: Map<number, Set<string>>, line: number, code: string): void {
  const codes = byLine.get(line) ?? new Set();
  byLine.set(line, codes.add(code));
}
