import type { CloudTemplate, ReadOptions, Skipped } from './cloud-template.js';
import { isFromCdk, isLoop, readResources } from './cloudformation.js';
import { refuseCycles } from './dependency-cycle.js';
import { makeScope } from './make-scope.js';
import { nodeText } from './node-json.js';
import type { Place } from './place.js';
import { deepest, readYaml } from './read-yaml.js';
import { transformSam } from './sam.js';
import { readServerless } from './serverless.js';
import { gather, Problem, type TemplateProblem, throwAll } from './template-error.js';
import { member, membersOf, nodeOf, type TemplateNode, textMember } from './template-node.js';
import { readTerraform } from './terraform.js';

const samTransform = 'AWS::Serverless-2016-10-31';
/** Of which nothing is left to do before the intrinsic functions are resolved. */
const languageExtensions = 'AWS::LanguageExtensions';

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

function readCloudFormation(root: TemplateNode, options: ReadOptions, problems: TemplateProblem[]): CloudTemplate {
  const written = readResources(member(root, 'Resources'));
  const left: Skipped[] = [];
  for (const [logicalId, { place, type }] of written) {
    if (!isLoop(logicalId)) continue;
    written.delete(logicalId);
    left.push({ logicalId, names: [], type, place, reason: `${type} is not carried out: write out what it makes` });
  }
  const transforms = transformsOf(root);
  for (const { place, name } of transforms) {
    if (name === samTransform || name === languageExtensions) continue;
    left.push({ logicalId: 'Transform', names: [], type: name, place, reason: `the macro ${name} is not carried out` });
  }
  const isSam = transforms.some(({ name }) => name === samTransform);
  if (!isSam) {
    for (const { place, type } of written.values()) {
      if (!type.startsWith('AWS::Serverless::')) continue;
      problems.push({ ...place, message: `${type} needs Transform: ${samTransform}` });
    }
  }
  const template: CloudTemplate = {
    form: isSam ? 'sam' : isFromCdk(root, written) ? 'cdk' : 'cloudformation',
    place: root.place,
    stackName: undefined,
    ...sections(root, problems),
    resources: written,
    references: new Map(),
    skipped: left,
  };
  if (!isSam) return template;
  const { resolve } = makeScope(template, { ...options, stackName: options.stackName ?? 'stack' });
  const { skipped, ...transformed } = transformSam(written, member(root, 'Globals'), resolve, problems);
  return { ...template, ...transformed, skipped: [...left, ...skipped] };
}

function sections(root: TemplateNode, problems: TemplateProblem[]) {
  const section = (name: string) => {
    const found = member(root, name);
    gather(problems, () => membersOf(found, name));
    return found;
  };
  return { parameters: section('Parameters'), mappings: section('Mappings'), conditions: section('Conditions') };
}

function transformsOf(root: TemplateNode): readonly { readonly name: string; readonly place: Place }[] {
  const transform = member(root, 'Transform');
  const items = [...(transform?.kind === 'list' ? transform.items : [transform]), member(root, 'Fn::Transform')];
  return items.flatMap((item) => {
    const name = item?.kind === 'map' ? textMember(item, 'Name') : item && nodeText(item);
    return item === undefined || name === undefined ? [] : [{ name, place: item.place }];
  });
}
