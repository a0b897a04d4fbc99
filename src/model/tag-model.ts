import { arn, tagKey, tags } from './scalars.js';
import { list, structure } from './shape.js';

export const tagModel = {
  TagResource: structure('TagResourceRequest', { 'ResourceARN!': arn, 'Tags!': tags }),
  UntagResource: structure('UntagResourceRequest', { 'ResourceARN!': arn, 'TagKeys!': list(tagKey) }),
  ListTagsForResource: structure('ListTagsForResourceRequest', { 'ResourceARN!': arn }),
};
