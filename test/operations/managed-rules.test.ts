import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../src/index.js';
import { rulesOf } from '../../src/resources/rules/rule-record.js';
import { createHost, performOn } from './operation-model.js';

const Arn = 'arn:aws:events:us-east-1:123456789012:rule/managed';
const ManagedBy = 'prod.vhs.events.aws.internal';
const EventPattern = '{"source":["com.shop"]}';
const isManaged = 'managed is a managed rule.';
const noTags = 'Tag related operations on the managed rule managed is not allowed.';
const target = { Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' };

function managed() {
  const host = createHost();
  rulesOf(host, 'default').put({
    Name: 'managed',
    Arn,
    EventBusName: 'default',
    EventPattern,
    State: 'ENABLED',
    CreatedBy: '123456789012',
    ManagedBy,
    Tags: [],
    Targets: [target],
  });
  return (name: OperationName, input: object) => performOn(host, name, input);
}

describe('A rule that a service manages', () => {
  test('says by whom', () => {
    const invoke = managed();
    expect(invoke('DescribeRule', { Name: 'managed' })).toMatchObject({ ManagedBy });
    expect(invoke('ListRules', {})).toMatchObject({ Rules: [{ Name: 'managed', ManagedBy }] });
  });

  test.each<[OperationName, object, string]>([
    ['PutRule', { Name: 'managed', EventPattern: '{"source":["other"]}' }, isManaged],
    ['EnableRule', { Name: 'managed' }, isManaged],
    ['DisableRule', { Name: 'managed' }, isManaged],
    ['PutTargets', { Rule: 'managed', Targets: [{ ...target, Id: '2' }] }, isManaged],
    ['TagResource', { ResourceARN: Arn, Tags: [{ Key: 'a', Value: 'b' }] }, noTags],
    ['UntagResource', { ResourceARN: Arn, TagKeys: ['a'] }, noTags],
    ['RemoveTargets', { Rule: 'managed', Ids: ['1'] }, `${isManaged} Set 'force' parameter to true to override.`],
    ['DeleteRule', { Name: 'managed', Force: false }, `${isManaged} Set 'force' parameter to true to override.`],
  ])('cannot be changed by %s', (name, input, message) => {
    const invoke = managed();
    const before = [invoke('DescribeRule', { Name: 'managed' }), invoke('ListTargetsByRule', { Rule: 'managed' })];
    expect(() => invoke(name, input)).toThrow(
      expect.objectContaining({
        name: 'ManagedRuleException',
        message,
      }),
    );
    expect([invoke('DescribeRule', { Name: 'managed' }), invoke('ListTargetsByRule', { Rule: 'managed' })]).toEqual(
      before,
    );
    expect(invoke('ListTagsForResource', { ResourceARN: Arn })).toEqual({ Tags: [] });
  });

  test('is deleted by force, once its targets are', () => {
    const invoke = managed();
    expect(() => invoke('DeleteRule', { Name: 'managed', Force: true })).toThrow(
      "Rule can't be deleted since it has targets.",
    );
    invoke('RemoveTargets', { Rule: 'managed', Ids: ['1'], Force: true });
    invoke('DeleteRule', { Name: 'managed', Force: true });
    expect(invoke('ListRules', {})).toEqual({ Rules: [] });
  });
});
