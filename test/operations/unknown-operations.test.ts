import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

describe('An operation that a bridge does not have', () => {
  test.each([
    ['PutPartnerEvents', 'a bridge has no partner event sources'],
    ['ActivateEventSource', 'a bridge has no partner event sources'],
    ['CreatePartnerEventSource', 'a bridge has no partner event sources'],
    ['DeactivateEventSource', 'a bridge has no partner event sources'],
    ['DeletePartnerEventSource', 'a bridge has no partner event sources'],
    ['DescribeEventSource', 'a bridge has no partner event sources'],
    ['DescribePartnerEventSource', 'a bridge has no partner event sources'],
    ['ListEventSources', 'a bridge has no partner event sources'],
    ['ListPartnerEventSourceAccounts', 'a bridge has no partner event sources'],
    ['ListPartnerEventSources', 'a bridge has no partner event sources'],
    ['CreateEndpoint', 'a bridge has no global endpoints'],
    ['DeleteEndpoint', 'a bridge has no global endpoints'],
    ['DescribeEndpoint', 'a bridge has no global endpoints'],
    ['ListEndpoints', 'a bridge has no global endpoints'],
    ['UpdateEndpoint', 'a bridge has no global endpoints'],
  ])('is refused with the reason: %s', async (name, reason) => {
    await using bridge = createBridge();
    await expect(bridge.invoke(name as never, {} as never)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: `Footbridge has no operation ${name}, which EventBridge has: ${reason}.`,
    });
  });

  test.each<[unknown, string]>([
    ['MakeCoffee', 'EventBridge has no operation MakeCoffee.'],
    ['putEvents', 'EventBridge has no operation putEvents. Did you mean PutEvents?'],
    ['__proto__', 'EventBridge has no operation __proto__.'],
    ['constructor', 'EventBridge has no operation constructor.'],
    ['', 'EventBridge has no operation .'],
    ['x'.repeat(1000), `EventBridge has no operation ${'x'.repeat(100)}.`],
    [undefined, 'The name of an operation must be a string, but is undefined.'],
    [{ toString: () => 'PutEvents' }, 'The name of an operation must be a string, but is an object.'],
  ])('is none of EventBridge: %s', async (name, message) => {
    await using bridge = createBridge();
    await expect(bridge.invoke(name as never, {} as never)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message,
    });
  });
});
