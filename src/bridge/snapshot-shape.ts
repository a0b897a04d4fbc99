import {
  countShape as count,
  flagShape as flag,
  type JsonShape,
  kindsShape as kinds,
  listShape as list,
  membersShape as members,
  oneOfShape as oneOf,
  textShape as text,
} from '../base/json/json-shape.js';
import { instant, jsonObject, targetShape } from '../core/record-shapes.js';
import { busShape } from '../resources/event-buses/event-bus-record.js';
import { ruleShape } from '../resources/rules/rule-record.js';

// What the deliveries of a snapshot must be for a bridge to work with them: types, not meaning.

const fieldTexts = {
  version: text,
  id: text,
  'detail-type': text,
  source: text,
  account: text,
  time: text,
  region: text,
};
/** An event of a delivery. */
export const savedEventShape = members(
  { bus: text, head: members({ ...fieldTexts, resources: list(text) }, { 'replay-name': text }), detail: jsonObject },
  { traceHeader: text, hasHopped: flag, scheduledBy: text },
);
const failure = members({
  errorCode: text,
  errorMessage: text,
  reason: oneOf('handler', 'unhandled', 'ended'),
  retryable: flag,
});
/** A delivery that has not ended. */
export const savedDeliveryShape = members(
  {
    event: count,
    recipient: kinds({
      target: members({ rule: text, ruleArn: text, target: targetShape }),
      subscription: members({ subscription: text }),
    }),
    acceptedAt: instant,
    attempts: count,
    throws: count,
    isHandedOver: flag,
    isWaiting: flag,
  },
  {
    last: kinds({
      retry: members({ at: instant, failure }),
      'invoke-again': members({ at: instant, errorMessage: text }),
    }),
  },
);

/** What the records of the plugins that every bridge has must be like, by their collections. */
export const baseShapes: Readonly<Record<string, JsonShape>> = { buses: busShape, rules: ruleShape };
