const short = {
  Source: 'com.mycompany.myapp',
  DetailType: 'myDetailType',
  Detail: '{ "key1": "value1", "key2": "value2" }',
};
const entry = { ...short, Resources: ['resource1', 'resource2'] };

/** The sample request of the PutEvents page in Amazon's EventBridge API reference. */
export const sampleRequest = { Entries: [entry, entry] };

/** A request of which the second entry is refused: its Detail is not JSON. */
export const mixedRequest = { Entries: [short, { ...short, Detail: 'NotJSON' }] };

/** A request that is accepted and that the rule does not want: one letter is in another case, one value is another. */
export const unwantedRequest = { Entries: [{ ...short, Detail: '{ "key1": "value3" }', DetailType: 'MyDetailType' }] };

/** What the rule of the demonstration wants. */
export const samplePattern = { 'detail-type': ['myDetailType'], detail: { key1: ['value1'] } };
