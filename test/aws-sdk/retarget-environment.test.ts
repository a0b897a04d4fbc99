import { CloudWatchEventsClient } from '@aws-sdk/client-cloudwatch-events';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { retarget } from '../../src/aws-sdk.js';
import { type Bridge, createBridge } from '../../src/index.js';

const ofAws = () => Object.entries(process.env).filter(([name]) => /^AWS_(REGION|PROFILE|.*KEY.*)$/.test(name));

/** Retargets until the test has finished. */
function aim(clientClass: Parameters<typeof retarget>[0], bridge: Bridge = createBridge()) {
  const handle = retarget(clientClass, bridge);
  onTestFinished(() => handle.dispose());
  return { handle };
}

describe('The environment, while a class is retargeted,', () => {
  beforeEach(() => {
    for (const [name] of ofAws()) vi.stubEnv(name, undefined);
    return () => vi.unstubAllEnvs();
  });

  test('has what it lacked, until the last one is disposed', () => {
    const first = aim(EventBridgeClient, createBridge({ region: 'eu-west-1' }));
    const lent = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'footbridge',
      AWS_SECRET_ACCESS_KEY: 'footbridge',
    };
    expect(Object.fromEntries(ofAws())).toEqual(lent);
    const second = aim(CloudWatchEventsClient);
    first.handle.dispose();
    expect(Object.fromEntries(ofAws())).toEqual(lent);
    second.handle.dispose();
    expect(ofAws()).toEqual([]);
  });

  test('keeps what is there, and what somebody has put there since', () => {
    vi.stubEnv('AWS_REGION', 'sa-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    const { handle } = aim(EventBridgeClient);
    expect(process.env).toMatchObject({ AWS_REGION: 'sa-east-1', AWS_ACCESS_KEY_ID: 'footbridge' });
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of the test');
    handle.dispose();
    expect(Object.fromEntries(ofAws())).toEqual({
      AWS_REGION: 'sa-east-1',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: 'of the test',
    });
  });

  test('has no key of ours beside a profile', () => {
    vi.stubEnv('AWS_PROFILE', 'work');
    aim(EventBridgeClient);
    expect(Object.fromEntries(ofAws())).toEqual({ AWS_PROFILE: 'work', AWS_REGION: 'us-east-1' });
  });

  test('need not be there', () => {
    vi.stubGlobal('process', undefined);
    try {
      retarget(EventBridgeClient, createBridge()).dispose();
    } finally {
      vi.unstubAllGlobals();
    }
    expect(ofAws()).toEqual([]);
  });
});
