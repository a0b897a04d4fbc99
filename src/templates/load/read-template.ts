import type { CloudTemplate, ReadOptions } from '../cloudformation/cloud-template.js';
import { assertAcyclic } from '../cloudformation/dependencies.js';
import { maxDepth, readYaml } from '../document/read-yaml.js';
import { getMember, nodeOf, type TemplateNode } from '../document/template-node.js';
import { collectProblems, type TemplateProblem, TemplateProblemError, throwAll } from '../document/template-problem.js';
import { readServerless } from '../serverless/read-serverless.js';
import { readTerraform } from '../terraform/read-terraform.js';
import { readCloudFormation } from './read-cloudformation.js';

/** Reads the text of a template. Throws a TemplateError. */
export function readTemplateText(text: string, file: string | undefined, options: ReadOptions): CloudTemplate {
  return readTemplate(readYaml(text, file, usesCoreSchema(text)), options);
}

/** Reads a template that was parsed elsewhere. Throws a TemplateError. */
export function readTemplateObject(template: unknown, options: ReadOptions): CloudTemplate {
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
  return readTemplate(root as TemplateNode, options);
}

/** JSON, and what the Serverless Framework reads. */
function usesCoreSchema(text: string): boolean {
  return /^\s*\{/.test(text) || (/^service\s*:/m.test(text) && !/^Resources\s*:/m.test(text));
}

function readTemplate(root: TemplateNode, options: ReadOptions): CloudTemplate {
  const problems: TemplateProblem[] = [];
  const template = collectProblems(problems, () => readFormat(root, options, problems));
  if (template !== undefined) collectProblems(problems, () => assertAcyclic(template));
  throwAll(problems);
  return template as CloudTemplate;
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
