import type { CloudTemplate, ReadOptions } from '../cloudformation/cloud-template.js';
import { assertAcyclic } from '../cloudformation/dependencies.js';
import { maxDepth, readYaml } from '../document/read-yaml.js';
import { getMember, nodeOf, type TemplateNode } from '../document/template-node.js';
import { collectProblems, type TemplateProblem, TemplateProblemError, throwAll } from '../document/template-problem.js';
import { readServerless } from '../serverless/read-serverless.js';
import { readTerraform } from '../terraform/read-terraform.js';
import { readCloudFormation } from './read-cloudformation.js';

/** A template, as far as it can be read, and its problems. */
export interface ReadResult {
  readonly template: CloudTemplate | undefined;
  readonly problems: readonly TemplateProblem[];
}

/** Parses the text of a template. Throws a TemplateError. */
export function parseTemplate(text: string, file: string | undefined): TemplateNode {
  return readYaml(text, file, usesCoreSchema(text));
}

/** The nodes of a template that was parsed elsewhere. Throws a TemplateError. */
export function templateNodes(template: unknown): TemplateNode {
  const problems: TemplateProblem[] = [];
  const root = collectProblems(problems, () => {
    try {
      return nodeOf(JSON.parse(JSON.stringify(template)), { path: '' }, maxDepth);
    } catch (error) {
      if (error instanceof TemplateProblemError) throw error;
      throw new TemplateProblemError({ path: '' }, `the template cannot be read as JSON: ${(error as Error).message}`);
    }
  });
  throwAll(problems);
  return root as TemplateNode;
}

/** JSON, and what the Serverless Framework reads. */
function usesCoreSchema(text: string): boolean {
  return /^\s*\{/.test(text) || (/^service\s*:/m.test(text) && !/^Resources\s*:/m.test(text));
}

/** Reads a parsed template of any format. */
export function readTemplate(root: TemplateNode, options: ReadOptions): ReadResult {
  const problems: TemplateProblem[] = [];
  const template = collectProblems(problems, () => readFormat(root, options, problems));
  if (template !== undefined) collectProblems(problems, () => assertAcyclic(template));
  return { template, problems };
}

function readFormat(root: TemplateNode, options: ReadOptions, problems: TemplateProblem[]): CloudTemplate {
  if (getMember(root, 'Resources') !== undefined) return readCloudFormation(root, options, problems);
  if (
    getMember(root, 'planned_values') !== undefined ||
    (getMember(root, 'values') !== undefined && getMember(root, 'format_version') !== undefined)
  ) {
    return readTerraform(root);
  }
  if (
    getMember(root, 'service') !== undefined ||
    (getMember(root, 'provider') !== undefined && getMember(root, 'functions') !== undefined)
  ) {
    return readServerless(root, options, problems);
  }
  const hint =
    getMember(root, 'terraform_version') === undefined ? '' : '. Terraform: give what `terraform show -json` prints';
  throw new TemplateProblemError(
    root.location,
    `this is not a template: it has neither Resources (CloudFormation, SAM, CDK), nor service (serverless.yml), nor values or planned_values (terraform show -json)${hint}`,
    { code: 'unsupported' },
  );
}
