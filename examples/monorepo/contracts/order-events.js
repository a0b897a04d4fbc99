// What the services say to each other, defined once. A schema of zod or valibot may stand where the types do.
import { defineEvent } from 'footbridge/events';

/** @import { EventDefinition } from 'footbridge/events' */
/** @typedef {{ id: string, total: number }} Order */
/** @typedef {{ id: string, invoice: string }} Bill */
/** @typedef {{ id: string, parcel: string }} Parcel */

/** @type {EventDefinition<'shop.orders', 'Order Placed', Order>} */
export const OrderPlaced = defineEvent('shop.orders', 'Order Placed');

/** @type {EventDefinition<'shop.billing', 'Order Billed', Bill>} */
export const OrderBilled = defineEvent('shop.billing', 'Order Billed');

/** @type {EventDefinition<'shop.shipping', 'Order Shipped', Parcel>} */
export const OrderShipped = defineEvent('shop.shipping', 'Order Shipped');
