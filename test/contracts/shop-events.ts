import * as v from 'valibot';
import { expect } from 'vitest';
import { z } from 'zod';
import { defineEvent, type StandardSchema } from '../../src/events.js';
import { type BridgeOptions, createBridge } from '../../src/index.js';

export const OrderPlaced = defineEvent(
  'com.shop',
  'Order Placed',
  z.object({ total: z.number(), at: z.string().optional() }),
);
export const Refunded = defineEvent('com.shop', 'Refunded', v.objectAsync({ ids: v.arrayAsync(v.string()) }));
export const Shipped = defineEvent<{ parcel: string }>('com.shop', 'Shipped');
const events = [OrderPlaced, Refunded, Shipped];
/** Its total is no number. */
export const wrong = OrderPlaced({ total: 'much' as never });

/** A schema that does what it is told. */
export function schemaThat(validate: (value: unknown) => unknown): StandardSchema<object> {
  return { '~standard': { version: 1, vendor: 'test', validate: validate as never } };
}

/** A bridge that has these definitions. */
export function bridgeWith(options: BridgeOptions = {}) {
  return createBridge({ events, ...options });
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was published'),
    (error: unknown) => error,
  );
}
