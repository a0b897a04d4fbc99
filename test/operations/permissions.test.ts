import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, virtualClock } from '../../src/index.js';

const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
const Action = 'events:PutEvents';
const granted = { Action, Principal: '111122223333', StatementId: 's1' };

async function policyOf(bridge: Bridge, Name = 'default'): Promise<unknown> {
  const { Policy } = await bridge.describeEventBus({ Name });
  return Policy === undefined ? undefined : JSON.parse(Policy);
}

function statement(Sid: string, account: string, Resource = bus): object {
  const Principal = account === '*' ? '*' : { AWS: `arn:aws:iam::${account}:root` };
  return { Sid, Effect: 'Allow', Principal, Action, Resource };
}

describe('PutPermission', () => {
  test('adds statements to the policy of a bus, also for one account twice', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    expect(await bridge.putPermission(granted)).toEqual({});
    await bridge.putPermission({ ...granted, StatementId: 's2' });
    await bridge.putPermission({ ...granted, StatementId: 's3', Principal: '*' });
    expect(await policyOf(bridge)).toEqual({
      Version: '2012-10-17',
      Statement: [statement('s1', '111122223333'), statement('s2', '111122223333'), statement('s3', '*')],
    });
    expect(await policyOf(bridge, 'orders')).toBeUndefined();
    await bridge.putPermission({ ...granted, EventBusName: 'orders' });
    expect(await policyOf(bridge, 'orders')).toEqual({
      Version: '2012-10-17',
      Statement: [statement('s1', '111122223333', bus.replace('default', 'orders'))],
    });
    expect((await bridge.listEventBuses()).EventBuses.map(({ Policy }) => typeof Policy)).toEqual(['string', 'string']);
  });

  test('replaces the statement of the same id in its place', async () => {
    await using bridge = createBridge();
    await bridge.putPermission(granted);
    await bridge.putPermission({ ...granted, StatementId: 's2' });
    await bridge.putPermission({ ...granted, Principal: '444455556666' });
    expect(await policyOf(bridge)).toMatchObject({
      Statement: [statement('s1', '444455556666'), statement('s2', '111122223333')],
    });
  });

  test('takes a condition, with the principal *', async () => {
    await using bridge = createBridge();
    const Condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1234567890' };
    await bridge.putPermission({ ...granted, Principal: '*', Condition });
    expect(await policyOf(bridge)).toMatchObject({
      Statement: [{ ...statement('s1', '*'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }],
    });
  });

  test('replaces the whole policy by a document, to which statements can be added', async () => {
    await using bridge = createBridge({ region: 'cn-north-1' });
    await bridge.putPermission(granted);
    const own = { Sid: 'own', Effect: 'Deny', Principal: '*', Action: 'events:*', Resource: '*' };
    await bridge.putPermission({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: own }, null, 2) });
    expect((await bridge.describeEventBus()).Policy).toBe(JSON.stringify({ Version: '2012-10-17', Statement: [own] }));
    await bridge.putPermission(granted);
    expect(await policyOf(bridge)).toMatchObject({
      Statement: [own, { Sid: 's1', Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' } }],
    });
  });

  test('counts as a change of the bus', async () => {
    const clock = virtualClock('2026-01-01T00:00:00Z');
    await using bridge = createBridge({ clock });
    await clock.advance('1h');
    await bridge.putPermission(granted);
    const changed = { LastModifiedTime: new Date('2026-01-01T01:00:00Z') };
    expect(await bridge.describeEventBus()).toMatchObject(changed);
    await clock.advance('1h');
    await bridge.putPermission(granted);
    expect(await bridge.describeEventBus()).toMatchObject(changed);
  });

  test.each([
    [{ ...granted, Action: undefined }, 'Parameter(s) Action must be specified.'],
    [{ ...granted, Principal: undefined }, 'Parameter(s) Principal must be specified.'],
    [{ ...granted, StatementId: undefined }, 'Parameter(s) StatementId must be specified.'],
    [{}, 'Parameter(s) Action must be specified.'],
    [{ ...granted, Action: 'events:PutRule' }, "Provided value in parameter 'action' is not supported."],
    [{ Policy: '{' }, 'This policy contains invalid Json'],
    [{ Policy: '[]' }, 'This text appears not to be a policy'],
    [{ Policy: '{}' }, 'Missing required field Statement'],
    [{ Policy: '{"Statement":[null]}' }, 'This text appears not to be a policy'],
    [{ Policy: `{"a":${'['.repeat(200)}${']'.repeat(200)}}` }, 'This policy contains invalid Json'],
    [
      { ...granted, Policy: '{}' },
      'Action, Principal, StatementId and Condition could not be combined with Policy parameter.',
    ],
    [
      { ...granted, Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o' } },
      'Parameter Condition is not valid. Reason: Principal must be * with it.',
    ],
    [
      { ...granted, Principal: '*', Condition: { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: 'o' } },
      "Provided value in parameter 'condition.type' is not supported.",
    ],
    [
      { ...granted, Principal: '*', Condition: { Type: 'StringEquals', Key: '__proto__', Value: 'o' } },
      "Provided value in parameter 'condition.key' is not supported.",
    ],
    [
      { ...granted, Principal: '1', EventBusName: 'a/b' },
      "2 validation errors detected: Value 'a/b' at 'eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; " +
        "Value '1' at 'principal' failed to satisfy constraint: Member must satisfy regular expression pattern: (\\d{12}|\\*)",
    ],
  ])('is refused, and changes nothing: %j', async (input, message) => {
    await using bridge = createBridge();
    await expect(bridge.putPermission(input)).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(await policyOf(bridge)).toBeUndefined();
  });

  test('refuses a policy that is too long', async () => {
    await using bridge = createBridge();
    const policy = (Sid: string) => JSON.stringify({ Statement: [{ ...statement('', '*'), Sid }] });
    const room = 10_240 - policy('').length;
    const Policy = policy('x'.repeat(room));
    // Blanks do not count: captured.
    await bridge.putPermission({ Policy: Policy + ' '.repeat(10_000) });
    const tooLong = {
      name: 'PolicyLengthExceededException',
      message: 'Policy size would be larger than the maximum allowed.',
    };
    await expect(bridge.putPermission({ Policy: policy('x'.repeat(room + 1)) })).rejects.toMatchObject(tooLong);
    await expect(bridge.putPermission(granted)).rejects.toMatchObject(tooLong);
    expect((await bridge.describeEventBus()).Policy).toBe(Policy);
  });

  test('needs a bus that exists', async () => {
    await using bridge = createBridge();
    const refusal = { name: 'ResourceNotFoundException', message: 'Event bus none does not exist.' };
    await expect(bridge.putPermission({ ...granted, EventBusName: 'none' })).rejects.toMatchObject(refusal);
    await expect(bridge.removePermission({ StatementId: 's1', EventBusName: 'none' })).rejects.toMatchObject(refusal);
  });
});

describe('RemovePermission', () => {
  test('removes one statement, and the policy with the last', async () => {
    await using bridge = createBridge();
    await bridge.putPermission(granted);
    await bridge.putPermission({ ...granted, StatementId: 's2' });
    expect(await bridge.removePermission({ StatementId: 's1' })).toEqual({});
    expect(await policyOf(bridge)).toMatchObject({ Statement: [statement('s2', '111122223333')] });
    await bridge.removePermission({ StatementId: 's2' });
    expect(await bridge.describeEventBus()).not.toHaveProperty('Policy');
  });

  test('removes all of them', async () => {
    await using bridge = createBridge();
    await bridge.putPermission(granted);
    expect(await bridge.removePermission({ RemoveAllPermissions: true })).toEqual({});
    expect(await bridge.describeEventBus()).not.toHaveProperty('Policy');
    expect(await bridge.removePermission({ RemoveAllPermissions: true })).toEqual({});
  });

  test.each([true, false])('knows no other statement, whether there is a policy or not: %s', async (hasPolicy) => {
    await using bridge = createBridge();
    if (hasPolicy) await bridge.putPermission(granted);
    await expect(bridge.removePermission({ StatementId: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Statement with the provided id does not exist.',
    });
    await expect(bridge.removePermission()).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Parameter(s) StatementId must be specified.',
    });
  });
});
