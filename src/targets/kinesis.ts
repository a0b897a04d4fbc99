import { parseArn } from '../base/arn.js';
import { requestIds } from '../base/random.js';
import type { AttemptRequest } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import { JsonSlice, parsePath, selectPath } from '../inputs/json-slice.js';
import { handlerReceiver } from './function.js';
import type { TargetKind } from './target-kind.js';

/** Kinesis streams. A handler receives the data of the record, and its partition key in `context.delivery`. */
export const kinesisTargets: TargetKind = {
  accepts: (arn) => parseArn(arn)?.service === 'kinesis',
  receiver: (target, host) => {
    const path = target.KinesisParameters?.PartitionKeyPath;
    const settings = ({ event }: AttemptRequest) => ({ partitionKey: partitionKey(event, path) });
    return handlerReceiver(target, host, { settings });
  },
};

/** As captured: the JSON text of what the path selects of the event itself, `{}` for nothing and null. */
function partitionKey({ id, text }: BusEvent, path: string | undefined): string {
  if (path === undefined) return `${id}_${requestIds()}`;
  const steps = parsePath(path);
  const selected = steps && selectPath(new JsonSlice(text), steps);
  return selected === undefined || selected === 'null' ? '{}' : selected;
}
