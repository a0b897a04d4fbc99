import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LoadOptions } from '../../src/templates.js';

import { loaded, refusal, written } from './loaded.js';

const template = (value: string) => `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage: { Type: String, Default: dev }
  Count: { Type: Number, Default: 3 }
  Zones: { Type: CommaDelimitedList, Default: 'a, b,c' }
  Table: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/table }
  Wanted: { Type: String }
Mappings:
  Sizes:
    dev: { Big: 100, Names: [x, y] }
    us-east-1: { Big: 5 }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, !Condition IsProd]
  Either: !Or [!Condition IsDev, !Condition IsProd]
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }
  Rule: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [a] } } }
  DefaultRule: { Type: AWS::Events::Rule, Properties: { Name: mine, EventPattern: { source: [a] } } }
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: waiting } }
  Fifo: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }
  Topic: { Type: AWS::SNS::Topic }
  Machine: { Type: AWS::StepFunctions::StateMachine, Properties: { StateMachineName: flow } }
  Logs: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /aws/events/all } }
  Bucket: { Type: AWS::S3::Bucket }
  Role: { Type: AWS::IAM::Role, Properties: { RoleName: shop } }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Other, Name: live } }
  Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !GetAtt Other.Arn } }
  Other: { Type: AWS::Lambda::Function, Properties: { FunctionName: other } }
  Setting: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/x, Value: !Sub 'v-\${Stage}' } }
  Database: { Type: AWS::RDS::DBInstance }
  Absent: { Type: AWS::SQS::Queue, Condition: IsProd }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          VALUE: ${value}
`;

interface Resolved {
  readonly expression: string;
  /** `null` if there is no such variable then. */
  readonly value: string | null;
  readonly options?: LoadOptions;
}

interface Unresolved {
  readonly expression: string;
  readonly reason: string;
}

const file = new URL('cases/intrinsics.json', import.meta.url);
const { resolved, unresolved } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly resolved: readonly Resolved[];
  readonly unresolved: readonly Unresolved[];
};

describe('An intrinsic function', () => {
  test.each(resolved)('is resolved: $expression to $value', async ({ expression, value, options }) => {
    const { stack } = await loaded(written(template(expression)), options);
    expect(stack.environment('Function')).toEqual(value === null ? {} : { VALUE: value });
  });

  test.each(unresolved)(
    'of a variable that cannot be resolved is skipped, with the reason: $expression',
    async ({ expression, reason }) => {
      const { stack } = await loaded(written(template(expression)));
      expect(stack.environment('Function')).toEqual({});
      const found = stack.skipped.filter(({ logicalId }) => logicalId === 'Function');
      expect(found).toMatchObject([
        { type: 'AWS::Lambda::Function', reason, location: { file: 'template.yaml', line: expect.any(Number) } },
      ]);
    },
  );

  test.each(unresolved.slice(0, -1))(
    'of a rule that cannot be resolved is an error with its place: $expression',
    async ({ expression, reason }) => {
      const rule = `
  Broken: { Type: AWS::Events::Rule, Properties: { EventBusName: ${expression}, EventPattern: { source: [a] } } }
`;
      const message = await refusal(written(template('x').replace('\n  Bus:', `${rule}  Bus:`)));
      expect(message).toMatch(/^template\.yaml:\d+:\d+: /);
      expect(message.endsWith(`: ${reason}`)).toBe(true);
    },
  );
});
