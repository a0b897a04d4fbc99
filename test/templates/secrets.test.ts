import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { checkTemplates } from '../../src/templates/lint/check-template.js';
import { lintTemplate } from '../../src/templates/lint/lint-template.js';
import { loadTemplate } from '../../src/templates.js';

const asCdkWritesIt = {
  'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:key::}}']],
};
const connection = (ApiKeyValue: unknown, AuthorizationType = 'API_KEY') => ({
  Type: 'AWS::Events::Connection',
  Properties: {
    AuthorizationType,
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue } },
  },
});
const destination = {
  Type: 'AWS::Events::ApiDestination',
  Properties: {
    ConnectionArn: { 'Fn::GetAtt': ['Connection', 'Arn'] },
    HttpMethod: 'POST',
    InvocationEndpoint: 'https://example.com',
  },
};
const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'erp' } };

describe('Secrets of a template', () => {
  test.each([
    ['{{resolve:secretsmanager:erp:SecretString:key}}'],
    ['{{resolve:ssm-secure:/erp/key:1}}'],
    [asCdkWritesIt],
  ])('need not be given for a connection: %j', async (key) => {
    const bridge = createBridge();
    await loadTemplate(bridge, { Resources: { Secret, Connection: connection(key), Erp: destination } });
    expect((await bridge.listApiDestinations()).ApiDestinations).toMatchObject([{ Name: 'stack-Erp' }]);
  });

  test('are left out of an environment, and listed', async () => {
    const Variables = { KEY: '{{resolve:secretsmanager:erp:SecretString:key}}', OTHER: 'a' };
    const reader = { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } };
    const stack = await loadTemplate(createBridge(), { Resources: { Function: reader } });
    expect(stack.environment('Function')).toEqual({ OTHER: 'a' });
    expect(stack.skipped.map(({ reason }) => reason)).toEqual([
      '{{resolve:secretsmanager:erp:SecretString:key}} is not known here; give it as parameters["secretsmanager:erp:SecretString:key"]',
    ]);
  });
});

describe('A refused connection', () => {
  test('is said once, and not again of what uses it', async () => {
    const Resources = { Connection: connection('key', 'API_KY'), Erp: destination };
    const found = (await checkTemplates([{ text: JSON.stringify({ Resources }), file: 'a.json' }])).flatMap((one) =>
      lintTemplate(one),
    );
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining("Value 'API_KY' at 'authorizationType'"),
    ]);
  });
});
