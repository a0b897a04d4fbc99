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

/** The text of a value, or nothing where there is none. Throws a Problem for a variable that is not known. */
export function filledText(fill: ServerlessService['fill'], node: TemplateNode | undefined): string | undefined {
  const filled = node && fill(node);
  const unknown = textMember(filled, unknownName);
  if (filled !== undefined && unknown !== undefined) throw new Problem(filled.place, unknown);
  return filled?.kind === 'scalar' && typeof filled.value === 'string' ? filled.value : undefined;
}
