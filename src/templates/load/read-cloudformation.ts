import type { CloudTemplate, ReadOptions, Skipped } from '../cloudformation/cloud-template.js';
import { refuseUnknownDependencies } from '../cloudformation/dependencies.js';
import { isFromCdk, isLoop, readResources } from '../cloudformation/read-resources.js';
import { makeScope } from '../cloudformation/scope.js';
import { gather, type Place, Problem, type TemplateProblem } from '../document/problem.js';
import { isNull, member, membersOf, nodeText, type TemplateNode, textMember } from '../document/template-node.js';
import { transformSam } from '../sam/transform-sam.js';

const samTransform = 'AWS::Serverless-2016-10-31';
/** Of which nothing is left to do before the intrinsic functions are resolved. */
const languageExtensions = 'AWS::LanguageExtensions';

/** Reads CloudFormation and SAM, as they are written or as CDK writes them. Problems are added to `problems`. */
export function readCloudFormation(
  root: TemplateNode,
  options: ReadOptions,
  problems: TemplateProblem[],
): CloudTemplate {
  const resources = member(root, 'Resources');
  if (resources !== undefined && isNull(resources)) {
    throw new Problem(resources.place, 'Resources must be an object, but is null');
  }
  const written = readResources(resources, problems);
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
  const unread = unreadSections(root, isSam);
  const template: CloudTemplate = {
    form: isSam ? 'sam' : isFromCdk(root, written) ? 'cdk' : 'cloudformation',
    place: root.place,
    stackName: undefined,
    ...sections(root, problems),
    resources: written,
    references: new Map(),
    skipped: [...left, ...unread],
  };
  const refuseUnknown = (resources: CloudTemplate['resources']) => {
    // What a macro or a loop makes is not known.
    if (left.length > 0) return;
    for (const resource of written.values()) {
      gather(problems, () => refuseUnknownDependencies(resource, written, resources));
    }
  };
  if (!isSam) {
    refuseUnknown(written);
    return template;
  }
  const { resolve } = makeScope(template, { ...options, stackName: options.stackName ?? 'stack' });
  const { skipped, ...transformed } = transformSam(written, member(root, 'Globals'), resolve, problems);
  refuseUnknown(transformed.resources);
  return { ...template, ...transformed, skipped: [...template.skipped, ...skipped] };
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
    if (item === undefined) return [];
    const name = item.kind === 'map' ? textMember(item, 'Name') : nodeText(item);
    if (name !== undefined) return [{ name, place: item.place }];
    throw new Problem(item.place, 'Transform takes the name of a macro, or an object with its Name');
  });
}

const readSections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Fn::Transform',
];

/** CDK asserts in every template that its bootstrap stack is there. */
const bootstrapRule = 'CheckBootstrapVersion';

/** What stands beside all that is read. */
function unreadSections(root: TemplateNode, isSam: boolean): readonly Skipped[] {
  return membersOf(root, 'the template').flatMap(([name, { place, value }]): Skipped[] => {
    if (readSections.includes(name) || (isSam && name === 'Globals')) return [];
    const skip = (logicalId: string, at: Place, reason: string) => {
      return { logicalId, names: [], type: name, place: at, reason };
    };
    if (name !== 'Rules' && name !== 'Hooks') {
      return [skip(name, place, `CloudFormation has no section ${name}, and refuses a template with it`)];
    }
    const what = name === 'Rules' ? 'a rule about parameters, which is not checked' : 'a hook, which is not called';
    return membersOf(value, name).flatMap(([logicalId, found]) =>
      logicalId === bootstrapRule ? [] : [skip(logicalId, found.place, what)],
    );
  });
}
