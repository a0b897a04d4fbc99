import { makeArn, parseArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import type { OperationContext } from '../../core/old-context.js';
import {
  assertNotManaged,
  busNotFound,
  type EmptyResponse,
  limitExceeded,
  ruleNotFound,
} from '../../core/responses.js';
import { arn, list, requests, tagKey, tags } from '../../model/shape.js';
import type { Tag } from '../../model/target.js';
import type { BusRecord } from '../event-buses/event-bus-record.js';
import type { RuleRecord } from '../rules/rule-record.js';

export const tagShapes = requests({
  TagResource: { 'ResourceARN!': arn, 'Tags!': tags },
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

/** What has tags. */
type Tagged =
  | { readonly kind: 'bus'; readonly record: BusRecord }
  | { readonly kind: 'rule'; readonly record: RuleRecord };

export function tagResource(context: OperationContext, input: TagResourceRequest): EmptyResponse {
  const tagged = findTagged(context, input.ResourceARN);
  const added = input.Tags ?? [];
  const tags = new Map(tagged.record.Tags.map((tag) => [tag.Key, tag]));
  for (const tag of added) tags.set(tag.Key, tag);
  checkTags(context, added, tags.size);
  setTags(context, tagged, [...tags.values()]);
  return {};
}

export function untagResource(context: OperationContext, input: UntagResourceRequest): EmptyResponse {
  const tagged = findTagged(context, input.ResourceARN);
  const keys = new Set<string | undefined>(input.TagKeys);
  setTags(
    context,
    tagged,
    tagged.record.Tags.filter(({ Key }) => !keys.has(Key)),
  );
  return {};
}

export function listTagsForResource(
  context: OperationContext,
  input: ListTagsForResourceRequest,
): ListTagsForResourceResponse {
  return { Tags: findTagged(context, input.ResourceARN).record.Tags.map((tag) => ({ ...tag })) };
}

/** Throws for a key that comes twice, and for too many tags. `count` is how many there will be. */
export function checkTags({ limits }: OperationContext, added: readonly Tag[], count = added.length): void {
  if (new Set(added.map(({ Key }) => Key)).size < added.length) {
    throw invalid('Invalid parameter: Duplicated keys are not allowed.');
  }
  if (count > limits.tagsPerResource) throw limitExceeded();
}

/** Throws ResourceNotFoundException, and ValidationException for the ARN of anything that can have no tags. */
function findTagged({ home, store }: OperationContext, arn = ''): Tagged {
  const { service, resource = '' } = parseArn(arn) ?? {};
  const isHere = arn.startsWith(makeArn(home, 'events', ''));
  if (service === 'events' && resource.startsWith('event-bus/')) {
    const name = resource.slice('event-bus/'.length);
    const record = isHere ? store.buses.get(name) : undefined;
    if (record === undefined) throw busNotFound(name);
    return { kind: 'bus', record };
  }
  if (service === 'events' && resource.startsWith('rule/')) {
    const path = resource.slice('rule/'.length);
    const slash = path.indexOf('/');
    const bus = slash < 0 ? 'default' : path.slice(0, slash);
    const name = path.slice(slash + 1);
    const record = isHere && store.buses.get(bus) !== undefined ? store.rules(bus).get(name) : undefined;
    if (record === undefined) throw ruleNotFound(name, bus);
    return { kind: 'rule', record };
  }
  // The service's sentence for the ARN of a target.
  throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
}

function setTags({ store }: OperationContext, tagged: Tagged, tags: readonly Tag[]): void {
  if (tagged.kind === 'bus') {
    store.buses.put({ ...tagged.record, Tags: tags });
    return;
  }
  assertNotManaged(tagged.record);
  store.rules(tagged.record.EventBusName).put({ ...tagged.record, Tags: tags });
}
