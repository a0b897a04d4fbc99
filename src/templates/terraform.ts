import type { CloudTemplate } from './cloud-template.js';
import { Problem } from './template-error.js';
import type { TemplateNode } from './template-node.js';
export function readTerraform(root: TemplateNode): CloudTemplate {
  throw new Problem(root.place, 'later');
}
