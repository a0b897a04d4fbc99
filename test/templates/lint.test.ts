import { describe, expect, test } from 'vitest';
import { lintText, lintTogether } from './linted.js';

const target = "{ Id: a, Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' }";
const rule = (pattern: string, rest = '') =>
  `Resources:\n  R: { Type: AWS::Events::Rule, Properties: { EventPattern: ${pattern}, Targets: [${target}]${rest} } }\n`;
const told = (findings: Awaited<ReturnType<typeof lintText>>) =>
  findings.map(({ severity, code, line }) => `${line} ${severity} ${code}`);

describe('Linting a template', () => {
  test('tells all problems in one run', async () => {
    const text = `Parameters:
  Source: { Type: String }
  Bus: { Type: String }
Resources:
  Bad: { Type: 5 }
  First:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { detailType: [x], source: [!Ref Source], detail: { total: no list } }
      Targets:
        - { Id: a, Arn: nothing }
        - { Id: b, Arn: ${"'arn:aws:lambda:us-east-1:123456789012:function:f'"}, Nonsense: 1 }
  Second: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 days), Targets: [${target}] } }
`;
    expect(told(await lintText(text))).toEqual([
      '2 error unresolved',
      '3 error unresolved',
      '5 error refused',
      '10 warning never-matches',
      '10 error refused',
      '12 error refused',
      '13 error refused',
      '14 error refused',
    ]);
  });

  test.each([
    ['State', 'State: !Ref X'],
    ['ScheduleExpression', 'ScheduleExpression: !Ref X'],
    ['EventPattern', 'EventPattern: !Ref X'],
    ['EventBusName', 'EventBusName: !Ref X'],
    ['Name', `Name: !Sub '\${X}-orders'`],
    [
      'a target',
      'Targets: [{ Id: !Ref X, Arn: !Ref X, RoleArn: !Ref X, Input: !Ref X, DeadLetterConfig: { Arn: !Ref X } }]',
    ],
    ['all targets', 'Targets: !Ref X'],
    ['a retry policy', `Targets: [{ Id: a, Arn: !Sub '\${X}', RetryPolicy: { MaximumRetryAttempts: !Ref X } }]`],
  ])('blames nothing but the missing parameter for %s', async (_name, property) => {
    const pattern = property.startsWith('EventPattern') ? '' : 'EventPattern: { source: [a] }, ';
    const text = `Parameters: { X: { Type: String } }\nResources:\n  R: { Type: AWS::Events::Rule, Properties: { ${pattern}${property} } }\n`;
    const errors = (await lintText(text)).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, parameter }) => [code, parameter])).toEqual([['unresolved', 'X']]);
  });

  test('notes what only AWS knows, and checks the rest', async () => {
    const text = rule('{ source: [a], detailType: [b] }', '').replace(
      target,
      "{ Id: a, Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c', RoleArn: 'arn:aws:iam::123456789012:role/r', EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/t:1', LaunchType: FARGATE, NetworkConfiguration: { AwsVpcConfiguration: { Subnets: [!GetAtt Net.SubnetId], SecurityGroups: [!GetAtt Group.GroupId] } } } }",
    );
    const found = await lintText(
      `${text}  Net: { Type: AWS::EC2::Subnet }\n  Group: { Type: AWS::EC2::SecurityGroup }\n`,
    );
    expect(told(found)).toEqual(['2 warning never-matches', '2 note unresolved', '2 note unresolved']);
    expect(found[1]).toMatchObject({ parameter: 'Net.SubnetId', message: expect.stringContaining('AWS::EC2::Subnet') });
    const known = { parameters: { 'Net.SubnetId': 'subnet-1', 'Group.GroupId': 'sg-1' } };
    expect(
      await lintText(
        `${text}  Net: { Type: AWS::EC2::Subnet }\n  Group: { Type: AWS::EC2::SecurityGroup }\n`,
        {},
        known,
      ),
    ).toHaveLength(1);
  });

  test('rejects an attribute that a type does not have', async () => {
    const [finding] = await lintText(`${rule('{ source: [!GetAtt F.Arm] }')}  F: { Type: AWS::Lambda::Function }\n`);
    expect(finding).toMatchObject({
      code: 'refused',
      severity: 'error',
      message: expect.stringMatching(
        /^resource F does not support attribute type Arm in Fn::GetAtt; AWS::Lambda::Function has Arn, /,
      ),
    });
  });

  test('checks what depends on a condition that is not known', async () => {
    const text = `Parameters: { Stage: { Type: String } }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  R: { Type: AWS::Events::Rule, Condition: IsProd, Properties: { EventPattern: { Source: [a] }, Targets: [${target}] } }
`;
    expect(told(await lintText(text))).toEqual(['1 error unresolved', '4 warning never-matches']);
  });

  test.each([
    ['on its line', rule('{ Source: [a] }').replace(/\n$/, ' # footbridge-ignore never-matches\n')],
    [
      'before its line',
      rule('{ Source: [a] }').replace('  R:', '  # footbridge-ignore no-target, never-matches\n  R:'),
    ],
    ['in its file', `# footbridge-ignore-file never-matches\n${rule('{ Source: [a] }')}`],
    ['of its resource', rule('{ Source: [a] }', ' }, Metadata: { footbridge: { ignore: [never-matches] }')],
  ])('leaves out a warning that is turned off %s', async (_where, text) => {
    expect(await lintText(text)).toEqual([]);
  });

  test('leaves out no other warning, and no error', async () => {
    const other = rule('{ Source: [a] }').replace(/\n$/, ' # footbridge-ignore no-target\n');
    expect(told(await lintText(other))).toEqual(['2 warning never-matches']);
    const error = `# footbridge-ignore-file refused\n${rule('{ source: a }')}`;
    expect(told(await lintText(error, { ignored: ['refused'] }))).toEqual(['3 error refused']);
  });

  test.each([
    ['a boolean that is meant', '{ detail: { on: [true] } }'],
    ['a number with decimals', '{ detail: { price: [1.25, 10] } }'],
    ['a source of a partner', '{ source: [aws.partner/example.com/a] }'],
    ['a detail-type that is not listed', '{ source: [aws.s3], detail-type: [Object Painted] }'],
    ['a field that is called like an operator', '{ detail: { prefix: [a], numeric: { exists: [{ exists: true }] } } }'],
    [
      'a call that writes',
      '{ source: [aws.s3], detail-type: [AWS API Call via CloudTrail], detail: { eventName: [PutObject] } }',
    ],
  ])('finds nothing in %s', async (name, pattern) => {
    const found = await lintText(rule(pattern));
    // The name of a field is one letter from an operator here, which lint cannot tell from a mistake.
    expect(found.filter(({ code }) => code !== 'operator-as-field' || !name.includes('operator'))).toEqual([]);
  });

  test('accepts a custom bus to which a rule forwards the events of AWS', async () => {
    const text = `Resources:
  B: { Type: AWS::Events::EventBus, Properties: { Name: b } }
  Forward: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [aws.s3] }, Targets: [{ Id: b, Arn: !GetAtt B.Arn, RoleArn: 'arn:aws:iam::123456789012:role/r' }] } }
  R: { Type: AWS::Events::Rule, Properties: { EventBusName: b, EventPattern: { source: [aws.s3], detail-type: [Object Created] }, Targets: [${target}] } }
`;
    expect(await lintText(text)).toEqual([]);
  });

  test('accepts permissions of aliases, connectors and policies it cannot resolve', async () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Parameters: { Policy: { Type: String, Default: x } }
Resources:
  F: { Type: AWS::Lambda::Function }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref F, Name: live } }
  P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Live, Action: lambda:InvokeFunction, Principal: events.amazonaws.com } }
  G: { Type: AWS::Lambda::Function }
  Q: { Type: AWS::SQS::Queue }
  QP: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!ImportValue queue], PolicyDocument: {} } }
  C: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: R }, Destination: { Id: G }, Permissions: [Write] } }
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [a] }
      Targets: [{ Id: f, Arn: !Ref Live }, { Id: g, Arn: !GetAtt G.Arn }, { Id: q, Arn: !GetAtt Q.Arn }]
`;
    expect((await lintText(text)).filter(({ severity }) => severity === 'warning')).toEqual([]);
  });

  test('finds a deny that does not let EventBridge in, and a policy of another queue', async () => {
    const statement = (effect: string) =>
      `{ Effect: ${effect}, Principal: { Service: events.amazonaws.com }, Action: 'sqs:*', Resource: '*' }`;
    const text = (queue: string, effect: string) => `Resources:
  Q: { Type: AWS::SQS::Queue }
  Other: { Type: AWS::SQS::Queue }
  QP: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref ${queue}], PolicyDocument: { Statement: ${statement(effect)} } } }
  R: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [a] }, Targets: [{ Id: q, Arn: !GetAtt Q.Arn }] } }
`;
    expect(told(await lintText(text('Q', 'Deny')))).toEqual(['5 warning queue-policy']);
    expect(told(await lintText(text('Other', 'Allow')))).toEqual(['5 warning queue-policy']);
    expect(await lintText(text('Q', 'Allow'))).toEqual([]);
  });

  test('finds patterns that are JSON text as those that are objects', async () => {
    expect(told(await lintText(rule(`'{"source":["com.*"],"detail":{"a":{"suffix":["x"]}}}'`)))).toEqual([
      '2 warning wildcard-in-plain-string',
      '2 warning operator-as-field',
    ]);
  });
});

describe('Templates that belong together', () => {
  const exporting = 'Resources: { B: { Type: AWS::Events::EventBus, Properties: { Name: shop } } }\n';
  const importing = (name: string) =>
    `Resources:\n  R: { Type: AWS::Events::Rule, Properties: { EventBusName: ${name}, EventPattern: { source: [a] }, Targets: [${target}] } }\n`;

  test.each([['a.yaml'], ['z.yaml']])('import what others export, in any order: %s', async (exporter) => {
    const found = await lintTogether({
      'm.yaml': importing('!ImportValue shop-bus'),
      [exporter]: `${exporting}Outputs: { Bus: { Value: !Ref B, Export: { Name: !Sub 'shop-bus' } } }\n`,
    });
    expect(found).toEqual({ 'm.yaml': [], [exporter]: [] });
  });

  test('read the SSM parameters that others write', async () => {
    const found = await lintTogether({
      'a.yaml': importing("'{{resolve:ssm:/shop/bus}}'"),
      'b.yaml': `Parameters: { Bus: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/bus } }\n${importing('!Ref Bus')}`,
      'c.yaml': exporting.replace(
        '{ B:',
        '{ P: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/bus, Type: String, Value: !Ref B } }, B:',
      ),
    });
    expect(found).toEqual({ 'a.yaml': [], 'b.yaml': [], 'c.yaml': [] });
  });

  test('export what they import', async () => {
    const output = (value: string, name: string) =>
      `Outputs: { Out: { Value: ${value}, Export: { Name: ${name} } } }\n`;
    const found = await lintTogether({
      'a.yaml': importing('!ImportValue second'),
      'b.yaml': `Resources: {}\n${output('!ImportValue first', 'second')}`,
      'c.yaml': exporting + output('!Ref B', 'first'),
    });
    expect(found['a.yaml']).toEqual([]);
  });

  test('are told what none of them exports', async () => {
    const found = await lintTogether({ 'a.yaml': importing('!ImportValue other'), 'b.yaml': exporting });
    expect(found['a.yaml']).toEqual([expect.stringContaining('error unresolved: Fn::ImportValue "other"')]);
  });
});
