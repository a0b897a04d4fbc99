import { arn, tagKey, tags } from './scalars.js';
import { list, requests } from './shape.js';

export const tagModel = requests({
  TagResource: { 'ResourceARN!': arn, 'Tags!': tags },
  UntagResource: { 'ResourceARN!': arn, 'TagKeys!': list(tagKey) },
  ListTagsForResource: { 'ResourceARN!': arn },
});
