import type { CloudTemplate, ReadOptions, SkippedResource } from '../cloudformation/cloud-template.js';
import { assertKnownDependencies } from '../cloudformation/dependencies.js';
import { expandLoops, findLoop, withoutLoops } from '../cloudformation/expand-loops.js';
import { isFromCdk, isLoop, readResources } from '../cloudformation/read-resources.js';
import { createResolver } from '../cloudformation/template-resolver.js';
import { entriesOf, getMember, getString, isNull, nodeText, type TemplateNode } from '../document/template-node.js';
import {
  collectProblems,
  type SourceLocation,
  type TemplateProblem,
  TemplateProblemError,
} from '../document/template-problem.js';
import { transformSam } from '../sam/transform-sam.js';

const samTransform = 'AWS::Serverless-2016-10-31';
/** Of which nothing is left to do before the intrinsic functions are resolved. */
const languageExtensions = 'AWS::LanguageExtensions';

/** Reads CloudFormation and SAM, as they are written or as CDK writes them. Problems are added to `problems`. */
export function readCloudFormation(
  given: TemplateNode,
  options: ReadOptions,
  problems: TemplateProblem[],
): CloudTemplate {
  const transforms = transformsOf(given);
  const root = withoutForEach(given, transforms, options, problems);
  const resources = getMember(root, 'Resources');
  if (resources !== undefined && isNull(resources)) {
    throw new TemplateProblemError(resources.location, 'Resources must be an object, but is null');
  }
  const written = readResources(resources, problems);
  const left: SkippedResource[] = [];
  for (const [logicalId, { location, type }] of written) {
    if (!isLoop(logicalId)) continue;
    written.delete(logicalId);
    left.push({
      kind: 'macro',
      logicalId,
      names: [],
      type,
      location,
      reason: `${type} is not supported: write out its result`,
    });
  }
  for (const { location, name } of transforms) {
    if (name === samTransform || name === languageExtensions) continue;
    if (options.unresolved === 'placeholder') problems.push(macroProblem(name, location));
    left.push({
      kind: 'macro',
      logicalId: 'Transform',
      names: [],
      type: name,
      location,
      reason: `the macro ${name} is not supported`,
    });
  }
  const isSam = transforms.some(({ name }) => name === samTransform);
  if (!isSam) {
    for (const { location, type } of written.values()) {
      if (!type.startsWith('AWS::Serverless::')) continue;
      problems.push({ ...location, message: `${type} needs Transform: ${samTransform}` });
    }
  }
  const unread = unreadSections(root, isSam);
  const template: CloudTemplate = {
    format: isSam ? 'sam' : isFromCdk(root, written) ? 'cdk' : 'cloudformation',
    location: root.location,
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
      collectProblems(problems, () => assertKnownDependencies(resource, written, resources));
    }
  };
  if (!isSam) {
    refuseUnknown(written);
    return template;
  }
  const { resolve } = createResolver(template, { ...options, stackName: options.stackName ?? 'stack' });
  const { skipped, ...transformed } = transformSam(written, getMember(root, 'Globals'), resolve, problems);
  refuseUnknown(transformed.resources);
  return { ...template, ...transformed, skipped: [...template.skipped, ...skipped] };
}

/** What it makes is all that could be checked. */
function macroProblem(name: string, location: SourceLocation): TemplateProblem {
  const cure = 'check what it makes, which `aws cloudformation get-template --template-stage Processed` prints';
  return { ...location, message: `the macro ${name} is not supported here: ${cure}`, code: 'unsupported' };
}

/** The template after the loops of AWS::LanguageExtensions. */
function withoutForEach(
  root: TemplateNode,
  transforms: ReturnType<typeof transformsOf>,
  options: ReadOptions,
  problems: TemplateProblem[],
): TemplateNode {
  if (root.kind !== 'map' || findLoop(root) === undefined) return root;
  const members = new Map(root.members);
  const { resolve } = createResolver(emptyTemplate(root), { ...options, stackName: options.stackName ?? 'stack' });
  for (const name of ['Conditions', 'Resources', 'Outputs']) {
    const section = members.get(name);
    const first = section && findLoop(section.value);
    if (section === undefined || first === undefined) continue;
    const value = collectProblems(problems, () => {
      if (transforms.some((transform) => transform.name === languageExtensions)) {
        return expandLoops(section.value, resolve);
      }
      throw new TemplateProblemError(first, `Fn::ForEach needs Transform: ${languageExtensions}`);
    });
    members.set(name, { ...section, value: value ?? withoutLoops(section.value) });
  }
  return { ...root, members };
}

/** What the collections of loops may refer to. */
function emptyTemplate(root: TemplateNode): CloudTemplate {
  return {
    format: 'cloudformation',
    location: root.location,
    stackName: undefined,
    ...sections(root, []),
    resources: new Map(),
    references: new Map(),
    skipped: [],
  };
}

function sections(root: TemplateNode, problems: TemplateProblem[]) {
  const section = (name: string) => {
    const found = getMember(root, name);
    collectProblems(problems, () => entriesOf(found, name));
    return found;
  };
  return {
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    outputs: section('Outputs'),
  };
}

function transformsOf(root: TemplateNode): readonly { readonly name: string; readonly location: SourceLocation }[] {
  const transform = getMember(root, 'Transform');
  const items = [...(transform?.kind === 'list' ? transform.items : [transform]), getMember(root, 'Fn::Transform')];
  return items.flatMap((item) => {
    if (item === undefined) return [];
    const name = item.kind === 'map' ? getString(item, 'Name') : nodeText(item);
    if (name !== undefined) return [{ name, location: item.location }];
    throw new TemplateProblemError(item.location, 'Transform takes the name of a macro, or an object with its Name');
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

/** CDK asserts in every template that its bootstrap stack exists. */
const bootstrapRule = 'CheckBootstrapVersion';

/** The sections that are not read. */
function unreadSections(root: TemplateNode, isSam: boolean): readonly SkippedResource[] {
  return entriesOf(root, 'the template').flatMap(([name, { location, value }]): SkippedResource[] => {
    if (readSections.includes(name) || (isSam && name === 'Globals')) return [];
    const skip = (logicalId: string, at: SourceLocation, reason: string) => {
      return { kind: 'section' as const, logicalId, names: [], type: name, location: at, reason };
    };
    if (name !== 'Rules' && name !== 'Hooks') {
      return [skip(name, location, `CloudFormation has no section ${name}, and rejects a template with it`)];
    }
    const what = name === 'Rules' ? 'a rule about parameters, which is not checked' : 'a hook, which is not called';
    return entriesOf(value, name).flatMap(([logicalId, found]) =>
      logicalId === bootstrapRule ? [] : [skip(logicalId, found.location, what)],
    );
  });
}
