import { createBridge, type Snapshot } from 'footbridge';
import { defineEvent } from 'footbridge/events';

export interface Order {
  readonly item: string;
  readonly total: number;
}

/** What the page shows. */
export interface Figures {
  orders: number;
  turnover: number;
  big: number;
  /** The last first. */
  latest: Order[];
}

/** All that is kept over a reload: what the subscribers made of the events so far, and the bridge with those under way. */
export interface Saved {
  readonly figures: Figures;
  readonly snapshot: Snapshot;
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

const OrderPlaced = defineEvent<Order>('com.corner-shop', 'Order Placed');
const outbox = 'arn:aws:sqs:us-east-1:123456789012:outbox';
const shown = 5;

/** The shop, as it was when it was saved. Every order lies in the queue `outbox` until somebody sends it. */
export async function openShop(saved: Saved | undefined) {
  const bridge = createBridge({ history: 1000 });
  const figures: Figures = saved?.figures ?? { orders: 0, turnover: 0, big: 0, latest: [] };
  // Before the snapshot: deliveries that were under way go on at once.
  const count = ({ detail }: { detail: Order }) => {
    figures.orders++;
    figures.turnover += detail.total;
    figures.latest = [detail, ...figures.latest].slice(0, shown);
  };
  const countBig = () => figures.big++;
  bridge.on(OrderPlaced.pattern, count);
  bridge.on(OrderPlaced.pattern({ total: [{ numeric: ['>', 100] }] }), countBig);
  if (saved !== undefined) bridge.restore(saved.snapshot);
  // After it: a new version of the page brings its own rules.
  await bridge.putRule({ Name: 'keep', EventPattern: JSON.stringify(OrderPlaced.pattern) });
  await bridge.putTargets({ Rule: 'keep', Targets: [{ Id: 'outbox', Arn: outbox }] });
  return {
    figures,
    place: (orders: readonly Order[]) => bridge.publish(orders.map((order) => OrderPlaced(order))),
    delivered: () => bridge.idle(),
    toBeSent: () => bridge.queue(outbox).messages.length,
    save: (): Saved => ({ figures, snapshot: bridge.snapshot() }),
  };
}
