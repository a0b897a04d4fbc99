import { getMember, getString, list, type MapNode, type Member, type TemplateNode } from '../document/template-node.js';
import { type SourceLocation, TemplateError } from '../document/template-problem.js';
import { parseTemplate } from './read-template.js';

/** A template's text, and the name of its file for messages. */
export interface TemplateText {
  readonly text: string;
  readonly file: string | undefined;
  /** Reads a file that the template includes, by its path; resolves to `undefined` if it cannot be read. */
  readonly readFile?: ReadFile | undefined;
}

/** Parses a template, with the files that it includes. Throws a TemplateError. */
export async function parseText({ text, file, readFile }: TemplateText): Promise<TemplateNode> {
  return includeFiles(parseTemplate(text, file), file, readFile);
}

/** Reads a file by its path from the including template; resolves to `undefined` if it cannot be read. */
type ReadFile = (path: string) => Promise<string | undefined>;

/** Where the template has `AWS::Include`, as `Fn::Transform` or as a `Transform` of the whole. */
interface Include {
  readonly path: string;
  readonly location: SourceLocation;
}

/**
 * Expands `AWS::Include` for local files, as `aws cloudformation package` finds them. An include of S3 stays as it is. Files are not
 * searched for further includes: AWS does not nest them. Throws a TemplateError for a file that cannot be read.
 */
async function includeFiles(
  root: TemplateNode,
  file: string | undefined,
  readFile: ReadFile | undefined,
): Promise<TemplateNode> {
  const includes = new Map<TemplateNode, Include>();
  findIncludes(root, includes, new Set());
  if (includes.size === 0 || readFile === undefined) return root;
  const included = new Map<TemplateNode, TemplateNode>();
  for (const [node, { path, location }] of includes) {
    const from = siblingOf(file, path);
    const text = await readFile(from);
    if (text === undefined) {
      const message = `AWS::Include takes ${path}, but the file cannot be read`;
      throw new TemplateError([{ ...location, message, code: 'unsupported' }]);
    }
    included.set(node, parseTemplate(text, from));
  }
  return replaceIncludes(root, included, new Map());
}

const transformName = 'Fn::Transform';

function findIncludes(node: TemplateNode, found: Map<TemplateNode, Include>, seen: Set<TemplateNode>): void {
  if (node.kind === 'scalar' || seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') {
    for (const item of node.items) findIncludes(item, found, seen);
    return;
  }
  for (const [name, { value }] of node.members) {
    for (const transform of name === transformName || name === 'Transform' ? itemsOrOne(value) : []) {
      const path = getString(transform, 'Parameters', 'Location');
      if (getString(transform, 'Name') !== 'AWS::Include' || path === undefined || path.startsWith('s3://')) continue;
      found.set(transform, { path, location: transform.location });
    }
    findIncludes(value, found, seen);
  }
}

function itemsOrOne(node: TemplateNode): readonly TemplateNode[] {
  return node.kind === 'list' ? node.items : [node];
}

/** What is shared by aliases is replaced once. */
function replaceIncludes(
  node: TemplateNode,
  included: ReadonlyMap<TemplateNode, TemplateNode>,
  done: Map<TemplateNode, TemplateNode>,
): TemplateNode {
  if (node.kind === 'scalar') return node;
  const before = done.get(node);
  if (before !== undefined) return before;
  const replaced =
    node.kind === 'list'
      ? list(
          node.location,
          node.items.map((item) => replaceIncludes(item, included, done)),
        )
      : replaceInMap(node, included, done);
  done.set(node, replaced);
  return replaced;
}

function replaceInMap(
  node: MapNode,
  included: ReadonlyMap<TemplateNode, TemplateNode>,
  done: Map<TemplateNode, TemplateNode>,
): TemplateNode {
  const whole = included.get(getMember(node, transformName) ?? node);
  if (whole !== undefined && node.members.size === 1) return whole;
  const members = new Map<string, Member>();
  const add = (other: TemplateNode | undefined) => {
    for (const [name, member] of other?.kind === 'map' ? other.members : []) {
      if (!members.has(name)) members.set(name, member);
    }
  };
  for (const [name, member] of node.members) {
    const isTransform = name === transformName || name === 'Transform';
    const parts = isTransform ? itemsOrOne(member.value) : [];
    const kept = parts.filter((part) => !included.has(part));
    if (isTransform && kept.length < parts.length) {
      if (kept.length > 0) members.set(name, { ...member, value: list(member.value.location, kept) });
      for (const part of parts) add(included.get(part));
    } else {
      members.set(name, { ...member, value: replaceIncludes(member.value, included, done) });
    }
  }
  return { ...node, members };
}

function siblingOf(file: string | undefined, path: string): string {
  const folder = /^(?:.*\/)?/.exec(file ?? '')?.[0] ?? '';
  return path.startsWith('/') ? path : folder + path.replace(/^\.\//, '');
}
