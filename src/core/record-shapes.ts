import {
  countShape,
  type JsonShape,
  listShape,
  mapShape,
  membersShape,
  shapeOf,
  textShape,
} from '../base/json/json-shape.js';
import { readTime } from '../events/envelope.js';
import { parseDetail } from '../events/validate-entry.js';

// What the records of a snapshot must be like for a bridge to work with them: types, not meaning. What is only kept and given back
// is not looked into.

export const instant: JsonShape = shapeOf(
  (value) => typeof value === 'number' && readTime(value / 1000) !== undefined,
  'a time in milliseconds',
);
export const seconds: JsonShape = shapeOf(
  (value) => typeof value === 'number' && readTime(value) !== undefined,
  'a time in seconds',
);
export const jsonObject: JsonShape = shapeOf(
  (value) => typeof value === 'string' && parseDetail(value) !== undefined,
  'the text of a JSON object',
);
export const tagsShape = listShape(membersShape({ Key: textShape, Value: textShape }));
export const deadLettersShape = membersShape({}, { Arn: textShape });
export const targetShape = membersShape(
  { Id: textShape, Arn: textShape },
  {
    Input: textShape,
    InputPath: textShape,
    InputTransformer: membersShape({ InputTemplate: textShape }, { InputPathsMap: mapShape(textShape) }),
    SqsParameters: membersShape({}, { MessageGroupId: textShape }),
    DeadLetterConfig: deadLettersShape,
    RetryPolicy: membersShape({}, { MaximumRetryAttempts: countShape, MaximumEventAgeInSeconds: countShape }),
  },
);

/** The shape of `Snapshot.time`: what a virtual clock can be put to. */
export const timeShape = shapeOf(
  (value) => typeof value === 'string' && readTime(value) !== undefined && Date.parse(value) >= 0,
  'an ISO text from 1970 to 9999',
);
