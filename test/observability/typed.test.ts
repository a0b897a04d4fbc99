import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineEvent } from '../../src/events.js';
import { chaos, createBridge } from '../../src/index.js';
import { toMermaid } from '../../src/mermaid.js';

const Placed = defineEvent<{ total: number }>('com.shop', 'Order Placed');

describe('Typed history', () => {
  test('With a defined event the history returns envelopes of its type, and a typed bridge may be drawn and put in chaos', async () => {
    await using bridge = createBridge({ events: [Placed] });
    using _ = chaos(bridge, { reorder: 1 });
    await bridge.publish(Placed({ total: 120 }));
    const [event] = bridge.history.events(Placed.pattern);
    expectTypeOf(event?.detail.total).toEqualTypeOf<number | undefined>();
    expect(event?.detail.total).toBe(120);
    expect(toMermaid(bridge)).toContain('bus_default');
  });
});
