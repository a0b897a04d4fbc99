import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { describeError } from '../../base/describe.js';
import { shortTag } from './short-tag.js';
import { describeNode, list, type MapNode, type Member, scalar, type TemplateNode } from './template-node.js';
import { joinPath, type SourceLocation, TemplateError, TemplateProblemError } from './template-problem.js';

/** How deep a template may be. */
export const maxDepth = 300;

/** What YAML 1.1 has and CloudFormation does not. */
const leftOut = ['timestamp', 'binary', 'omap', 'pairs', 'set'];

/**
 * Reads YAML, of which JSON is a part. CloudFormation reads YAML 1.1, where `yes` is true and a date is text; the Serverless
 * Framework and JSON have 1.2, which `isCore` selects. Throws a TemplateError.
 */
export function readYaml(text: string, file: string | undefined, isCore: boolean): TemplateNode {
  const lines = new LineCounter();
  const locationAt = (offset: number, path: string): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path };
  };
  const parsed = parse(text, lines, isCore, file);
  // What else the reader found follows from the first.
  const [error] = parsed.errors;
  if (error !== undefined) {
    const several = 'the file has more than one YAML document (---), and a template is one document';
    const message = error.code === 'MULTIPLE_DOCS' ? several : `not valid YAML: ${error.message}`;
    throw new TemplateError([{ ...locationAt(error.pos[0], ''), message }]);
  }
  const reading: Reading = { locationAt, isCore, anchors: new Map() };
  try {
    return readNode(reading, parsed.contents as Node | null, 0, '', maxDepth);
  } catch (error) {
    if (!(error instanceof TemplateProblemError)) throw error;
    throw new TemplateError([{ ...error.location, message: error.message }]);
  }
}

function parse(text: string, lineCounter: LineCounter, isCore: boolean, file: string | undefined) {
  try {
    return parseDocument(text, {
      version: isCore ? '1.2' : '1.1',
      schema: isCore ? 'core' : 'yaml-1.1',
      merge: true,
      // The package compares each name with each; twins are found below.
      uniqueKeys: false,
      customTags: (tags) =>
        tags.filter((tag) => typeof tag === 'string' || !leftOut.some((name) => tag.tag.endsWith(`:${name}`))),
      lineCounter,
      prettyErrors: false,
      // With 'silent' a second document is dropped without a word.
      logLevel: 'error',
    });
  } catch (error) {
    const message = error instanceof RangeError ? 'the template is nested too deeply' : describeError(error);
    throw new TemplateError([{ file, path: '', message }]);
  }
}

interface Reading {
  readonly locationAt: (offset: number, path: string) => SourceLocation;
  readonly isCore: boolean;
  /** The node of each anchor; `undefined` while it is being read. */
  readonly anchors: Map<string, TemplateNode | undefined>;
}

function readNode(reading: Reading, node: Node | null, offset: number, path: string, levels: number): TemplateNode {
  const location = reading.locationAt(node?.range?.[0] ?? offset, path);
  if (levels === 0) throw new TemplateProblemError(location, 'the template is nested too deeply');
  if (node === null) return scalar(location, null);
  if (isAlias(node)) {
    const found = reading.anchors.get(node.source);
    if (found !== undefined) return found;
    const reason = reading.anchors.has(node.source) ? 'is inside of its own anchor' : 'has no anchor before it';
    throw new TemplateProblemError(location, `the alias *${node.source} ${reason}`);
  }
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined) reading.anchors.set(anchor, undefined);
  const read = shortTag(node.tag, readUntagged(reading, node, location, path, levels));
  if (anchor !== undefined) reading.anchors.set(anchor, read);
  return read;
}

function readUntagged(
  reading: Reading,
  node: Node,
  location: SourceLocation,
  path: string,
  levels: number,
): TemplateNode {
  if (isSeq(node)) {
    return list(
      location,
      node.items.map((item, index) =>
        readNode(reading, item as Node, node.range?.[0] ?? 0, joinPath(path, index), levels - 1),
      ),
    );
  }
  if (isMap(node)) return readMap(reading, node, location, path, levels);
  if (!isScalar(node)) throw new TemplateProblemError(location, 'this cannot be read');
  const { value, source } = node;
  if (typeof value === 'number') {
    // Neither octal nor decimal to the readers of YAML 1.1, but to the package: an account that begins with 0.
    if (!reading.isCore && /^[-+]?0[\d_]*[89][\d_]*$/.test(source ?? '')) return scalar(location, source ?? '');
    // The package reads a plain `.` as a number; no other YAML reader does.
    if (source === '.') return scalar(location, source);
    if (!Number.isFinite(value))
      throw new TemplateProblemError(location, `${source} is a number that JSON does not have`);
    return scalar(location, value, source ?? String(value));
  }
  // YAML 1.1 has these too as true and false, but no reader that CloudFormation's users meet.
  if (typeof value === 'boolean' && /^[yYnN]$/.test(source ?? '')) return scalar(location, source ?? '');
  if (typeof value === 'boolean' && !/^(?:true|false)$/i.test(source ?? '')) return scalar(location, value, source);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return scalar(location, value);
  return scalar(location, source ?? String(value));
}

function readMap(
  reading: Reading,
  node: Extract<Node, { items: { key: unknown }[] }>,
  location: SourceLocation,
  path: string,
  levels: number,
): MapNode {
  const members = new Map<string, Member>();
  const merged: TemplateNode[] = [];
  for (const { key, value } of node.items as { key: Node; value: Node | null }[]) {
    if (!isScalar(key)) throw new TemplateProblemError(location, 'the names of members must be text');
    const start = key.range?.[0] ?? 0;
    // The package makes a symbol of the key that merges.
    const isMerge = key.source === '<<' && key.type === 'PLAIN';
    const name = key.source ?? String(key.value);
    const read = readNode(reading, value, key.range?.[1] ?? start, isMerge ? path : joinPath(path, name), levels - 1);
    const at = reading.locationAt(start, joinPath(path, name));
    if (isMerge) merged.push(...(read.kind === 'list' ? read.items : [read]));
    else if (members.has(name)) throw new TemplateProblemError(at, `the name ${JSON.stringify(name)} is there twice`);
    else members.set(name, { location: at, value: read });
  }
  for (const other of merged) {
    if (other.kind !== 'map')
      throw new TemplateProblemError(other.location, `<< takes an object, but this is ${describeNode(other)}`);
    for (const [name, found] of other.members) if (!members.has(name)) members.set(name, found);
  }
  return { kind: 'map', location, members };
}
