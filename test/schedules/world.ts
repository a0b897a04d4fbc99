import { type Bridge, type BridgeOptions, createBridge, sequentialIds, virtualClock } from '../../src/index.js';

export const home = 'arn:aws:events:us-east-1:123456789012';
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** A bridge on a virtual clock that stands at midnight, 1 January 2026, a Thursday. */
export function world(options: BridgeOptions = {}) {
  const clock = virtualClock('2026-01-01T00:00:00Z');
  const bridge = createBridge({ clock, ids: sequentialIds(), ...options });
  return { bridge, clock };
}

/** Puts a rule with a schedule, and a function of its name that notes when it was called: the event's time. */
export async function putSchedule(bridge: Bridge, name: string, expression: string): Promise<string[]> {
  await bridge.putRule({ Name: name, ScheduleExpression: expression });
  await bridge.putTargets({ Rule: name, Targets: [{ Id: '1', Arn: functionArn(name) }] });
  const times: string[] = [];
  bridge.handle(name, (event: { time: string }) => void times.push(event.time));
  return times;
}
