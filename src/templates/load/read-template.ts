import type { CloudTemplate, ReadOptions } from '../cloudformation/cloud-template.js';
import { refuseCycles } from '../cloudformation/dependencies.js';
import { gather, Problem, type TemplateProblem, throwAll } from '../document/problem.js';
import { deepest, readYaml } from '../document/read-yaml.js';
import { member, nodeOf, type TemplateNode } from '../document/template-node.js';
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
  const root = gather(problems, () => {
    try {
      return nodeOf(JSON.parse(JSON.stringify(template)), { path: '' }, deepest);
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem({ path: '' }, `the template cannot be read as JSON: ${(error as Error).message}`);
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
  const template = gather(problems, () => readForm(root, options, problems));
  if (template !== undefined) gather(problems, () => refuseCycles(template));
  throwAll(problems);
  return template as CloudTemplate;
}

function readForm(root: TemplateNode, options: ReadOptions, problems: TemplateProblem[]): CloudTemplate {
  if (member(root, 'Resources') !== undefined) return readCloudFormation(root, options, problems);
  if (
    member(root, 'planned_values') !== undefined ||
    (member(root, 'values') !== undefined && member(root, 'format_version') !== undefined)
  ) {
    return readTerraform(root);
  }
  if (
    member(root, 'service') !== undefined ||
    (member(root, 'provider') !== undefined && member(root, 'functions') !== undefined)
  ) {
    return readServerless(root, options, problems);
  }
  const hint =
    member(root, 'terraform_version') === undefined ? '' : '. Terraform: give what `terraform show -json` prints';
  throw new Problem(
    root.place,
    `this is no template: it has neither Resources (CloudFormation, SAM, CDK), nor service (serverless.yml), nor values or planned_values (terraform show -json)${hint}`,
    { code: 'unsupported' },
  );
}
