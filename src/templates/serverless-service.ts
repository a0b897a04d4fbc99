import type { ResourceNode, Skipped } from './cloud-template.js';
import { Problem } from './template-error.js';
import { type TemplateNode, textMember } from './template-node.js';
import { unknownName } from './unknown-node.js';

/** What the events of functions add to. */
export interface ServerlessService {
  readonly fill: (node: TemplateNode) => TemplateNode;
  readonly resources: Map<string, ResourceNode>;
  readonly skipped: Skipped[];
}

/** A function of serverless.yml. */
export interface ServerlessFunction {
  readonly key: string;
  readonly logicalId: string;
  /** Its name, with `service` and stage before the key unless it says another. */
  readonly name: string;
  readonly node: TemplateNode;
}

/** `bill-order` is `BillDashorder`. */
export function normalized(key: string): string {
  const written = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return written.charAt(0).toUpperCase() + written.slice(1);
}

/** A section that a variable may stand for. One that is not known is added to what is skipped. */
export function filledSection(
  { fill, skipped }: Pick<ServerlessService, 'fill' | 'skipped'>,
  node: TemplateNode | undefined,
  name: string,
): TemplateNode | undefined {
  const filled = node?.kind === 'scalar' ? fill(node) : node;
  const reason = textMember(filled, unknownName);
  if (filled === undefined || reason === undefined) return filled;
  skipped.push({ logicalId: name, names: [], type: name, place: filled.place, reason });
  return undefined;
}

/** A value that an event cannot do without. Throws a Problem for a variable that is not known. */
export function knownValue(node: TemplateNode): TemplateNode {
  const unknown = textMember(node, unknownName);
  if (unknown !== undefined) throw new Problem(node.place, unknown, { code: 'unresolved' });
  return node;
}

/** The text of a value, or nothing where there is none. Throws a Problem for a variable that is not known. */
export function filledText(fill: ServerlessService['fill'], node: TemplateNode | undefined): string | undefined {
  const filled = node && knownValue(fill(node));
  return filled?.kind === 'scalar' && typeof filled.value === 'string' ? filled.value : undefined;
}
