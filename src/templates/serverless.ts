import type { CloudTemplate } from './cloud-template.js';
import type { ReadOptions } from './cloud-template.js';
import type { TemplateProblem } from './template-error.js';
import { Problem } from './template-error.js';
import type { TemplateNode } from './template-node.js';
export function readServerless(root: TemplateNode, _o: ReadOptions, _p: TemplateProblem[]): CloudTemplate {
  throw new Problem(root.place, 'later');
}
