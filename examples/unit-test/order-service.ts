import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';

export interface Order {
  readonly id: string;
  readonly total: number;
}

const attempts = 3;
const passing = new Set(['ThrottlingException', 'InternalFailure']);

/** Publishes up to ten orders. What the service refuses for the moment is sent again, and nothing else. */
export async function placeOrders(client: EventBridgeClient, orders: readonly Order[]): Promise<void> {
  const refused: string[] = [];
  let entries = orders.map(entryOf);
  for (let attempt = 1; entries.length > 0; attempt++) {
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    entries = entries.filter((entry, index) => {
      const code = results[index]?.ErrorCode;
      if (code === undefined) return false;
      if (passing.has(code) && attempt < attempts) return true;
      refused.push(`${entry.Detail}: ${code}`);
      return false;
    });
  }
  if (refused.length > 0) throw new Error(`Not published: ${refused.join('; ')}`);
}

/** Orders above 100 go to the topic of those who review them; what cannot be delivered goes to a queue. */
export async function deployRules(client: EventBridgeClient): Promise<void> {
  const pattern = {
    source: ['com.shop'],
    'detail-type': ['Order Placed'],
    detail: { total: [{ numeric: ['>', 100] }] },
  };
  await client.send(new PutRuleCommand({ Name: 'big-orders', EventPattern: JSON.stringify(pattern) }));
  const target = {
    Id: 'review',
    Arn: 'arn:aws:sns:us-east-1:123456789012:review',
    RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 },
    DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:review-dlq' },
  };
  await client.send(new PutTargetsCommand({ Rule: 'big-orders', Targets: [target] }));
}

function entryOf(order: Order): PutEventsRequestEntry {
  return { Source: 'com.shop', DetailType: 'Order Placed', Detail: JSON.stringify(order) };
}
