import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { loadTemplate, TemplateError } from '../../src/templates.js';

const names = [
  'Ref',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::Join',
  'Fn::If',
  'Fn::FindInMap',
  'Fn::Select',
  'Fn::Split',
  'Fn::Unknown',
  'Resources',
  'Parameters',
  'Conditions',
  'Mappings',
  'Globals',
  'Transform',
  'Type',
  'Properties',
  'Condition',
  'Events',
  'Targets',
  'EventPattern',
  'EventBusName',
  'Name',
  'Arn',
  'Id',
  'Environment',
  'Variables',
  'Metadata',
  'service',
  'provider',
  'functions',
  'events',
  'eventBridge',
  'schedule',
  'eventBus',
  'pattern',
  'resources',
  'custom',
  'format_version',
  'planned_values',
  'values',
  'root_module',
  'child_modules',
  'address',
  'type',
  'name',
  'arn',
  'rule',
  'configuration',
  'expressions',
  'references',
  'A',
  'B',
  '__proto__',
  'constructor',
];

const texts = [
  'A',
  'B',
  'A.Arn',
  '$' + '{A}',
  '$' + '{self:custom}',
  'AWS::Serverless-2016-10-31',
  'AWS::Serverless::Function',
  'AWS::Events::Rule',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::Events::Connection',
  'AWS::NoValue',
  'EventBridgeRule',
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_event_target',
  '{{resolve:ssm:x}}',
  'rate(1 day)',
  '\ud800',
];

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    fc.constantFrom<unknown>(...texts, 1, true, null),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4 }),
  ),
})).any;

const roots = fc.record(
  {
    Resources: fc.dictionary(
      fc.constantFrom('A', 'B', 'C'),
      fc.record({ Type: fc.constantFrom(...texts), Properties: value, Condition: value }, { requiredKeys: ['Type'] }),
    ),
    Transform: fc.constant('AWS::Serverless-2016-10-31'),
    Parameters: value,
    Conditions: value,
    Mappings: value,
    Globals: value,
    Metadata: value,
    service: value,
    provider: value,
    functions: value,
    resources: value,
    custom: value,
    planned_values: value,
    configuration: value,
    values: value,
    format_version: value,
  },
  { requiredKeys: [] },
);

describe('Whatever is given as a template', () => {
  test('is loaded or refused by a TemplateError', async () => {
    await fc.assert(
      fc.asyncProperty(roots, async (template) => {
        try {
          const stack = await loadTemplate(createBridge(), template);
          for (const { location } of stack.skipped) expect(location.path).toEqual(expect.any(String));
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('also a Proxy that was revoked', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    await expect(loadTemplate(createBridge(), proxy)).rejects.toThrow(TemplateError);
  });
});
