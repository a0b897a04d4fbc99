import { makeArn, parseArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import { type Host, operationsOf, type Plugin, type Taggable } from '../../core/plugin.js';
import { type EmptyResponse, limitExceeded } from '../../core/responses.js';
import { arn, list, requests, tagKey, tags as tagList } from '../../model/shape.js';
import type { Tag } from '../../model/target.js';
import type { TagChecks } from '../event-buses/event-bus-record.js';

export const tagShapes = requests({
  TagResource: { 'ResourceARN!': arn, 'Tags!': tagList },
  UntagResource: { 'ResourceARN!': arn, 'TagKeys!': list(tagKey) },
  ListTagsForResource: { 'ResourceARN!': arn },
});

/** A bus or a rule by its ARN. */
interface Resource {
  readonly ResourceARN: string | undefined;
}

/** The input of TagResource. */
export interface TagResourceRequest extends Resource {
  /** Tags to add; one whose key is there already replaces its value. */
  readonly Tags: readonly Tag[] | undefined;
}

/** The input of UntagResource. */
export interface UntagResourceRequest extends Resource {
  /** Keys of tags; those that are not there are passed over. */
  readonly TagKeys: readonly string[] | undefined;
}

/** The input of ListTagsForResource. */
export interface ListTagsForResourceRequest extends Resource {}

/** The output of ListTagsForResource. */
export interface ListTagsForResourceResponse {
  /** In the order they were added. */
  Tags: Tag[];
}

/** The operations on the tags of event buses and rules. */
export interface TagOperations {
  /**
   * Adds tags to a bus or a rule.
   *
   * @throws {ResourceNotFoundException} when the bus or rule does not exist.
   * @throws {ManagedRuleException} for a rule that a service manages.
   * @throws {ValidationException} for a key that comes twice, and for the ARN of anything else.
   * @throws {LimitExceededException} above `limits.tagsPerResource`.
   */
  tagResource(input: TagResourceRequest): Promise<EmptyResponse>;
  /**
   * Removes tags from a bus or a rule; keys that it does not have are ignored.
   *
   * @throws {ResourceNotFoundException} when the bus or rule does not exist.
   * @throws {ManagedRuleException} for a rule that a service manages.
   * @throws {ValidationException} for the ARN of anything else.
   */
  untagResource(input: UntagResourceRequest): Promise<EmptyResponse>;
  /**
   * Lists the tags of a bus or a rule.
   *
   * @throws {ResourceNotFoundException} when the bus or rule does not exist.
   * @throws {ValidationException} for the ARN of anything else.
   */
  listTagsForResource(input: ListTagsForResourceRequest): Promise<ListTagsForResourceResponse>;
}

export function tagResource(host: Host, input: TagResourceRequest): EmptyResponse {
  const taggable = findTaggable(host, input.ResourceARN);
  const added = input.Tags ?? [];
  const merged = new Map(taggable.tags.map((tag) => [tag.Key, tag]));
  for (const tag of added) merged.set(tag.Key, tag);
  checkTagList(host, added, merged.size);
  taggable.setTags([...merged.values()]);
  return {};
}

export function untagResource(host: Host, input: UntagResourceRequest): EmptyResponse {
  const taggable = findTaggable(host, input.ResourceARN);
  const keys = new Set<string | undefined>(input.TagKeys);
  taggable.setTags(taggable.tags.filter(({ Key }) => !keys.has(Key)));
  return {};
}

export function listTagsForResource(host: Host, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  return { Tags: findTaggable(host, input.ResourceARN).tags.map((tag) => ({ ...tag })) };
}

/** Throws for a key that comes twice, and for too many tags. `count` is how many there will be. */
function checkTagList(host: Host, added: readonly Tag[], count = added.length): void {
  if (new Set(added.map(({ Key }) => Key)).size < added.length) {
    throw invalid('Invalid parameter: Duplicated keys are not allowed.');
  }
  if (count > host.limit('tagsPerResource')) throw limitExceeded();
}

/** Throws ResourceNotFoundException, and ValidationException for the ARN of anything that can have no tags. */
function findTaggable(host: Host, arn = ''): Taggable {
  const { service, resource = '' } = parseArn(arn) ?? {};
  const isLocal = arn.startsWith(makeArn(host.home, 'events', ''));
  for (const { findTaggable: find } of service === 'events' ? host.parts : []) {
    const found = find?.(resource, isLocal);
    if (found !== undefined) return found;
  }
  // The service's sentence for the ARN of a target.
  throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
}

const operations = operationsOf<TagOperations>(tagShapes, {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
});

/** Tags of event buses and rules. */
export function tags(): Plugin<TagOperations> {
  return {
    name: 'tags',
    operations,
    limits: { tagsPerResource: 50 },
    install: (host) => {
      const service: TagChecks = { check: (added) => checkTagList(host, added) };
      return { service };
    },
  };
}
