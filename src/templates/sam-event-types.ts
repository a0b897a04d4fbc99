// As SAM's translator 1.110 has them (aws-sam-translator, `property_types` of model/eventsources and model/stepfunctions/events).

const shared = ['Input', 'DeadLetterConfig', 'RetryPolicy', 'State'];
const pattern = ['EventBusName', 'RuleName', 'Pattern', 'InputPath', 'InputTransformer', 'Target', ...shared];
const schedule = ['Schedule', 'Name', 'Description', 'Enabled', ...shared];

/** Of the events that become rules. */
const ofFunctions: Readonly<Record<string, readonly string[]>> = {
  EventBridgeRule: [...pattern, 'Enabled'],
  CloudWatchEvent: [...pattern, 'Enabled'],
  Schedule: [...schedule, 'RuleName'],
};
const ofMachines: Readonly<Record<string, readonly string[]>> = {
  EventBridgeRule: pattern,
  CloudWatchEvent: pattern,
  Schedule: [...schedule, 'Target', 'RoleArn'],
};

/** The events that become no rules. */
export const otherEventTypes: ReadonlySet<string> = new Set([
  'ScheduleV2',
  'S3',
  'SNS',
  'SQS',
  'Kinesis',
  'DynamoDB',
  'MSK',
  'MQ',
  'SelfManagedKafka',
  'DocumentDB',
  'Api',
  'HttpApi',
  'CloudWatchLogs',
  'IoTRule',
  'AlexaSkill',
  'Cognito',
]);

/** The properties of events that become rules; `undefined` for all others. */
export function samEventProperties(type: string, isMachine: boolean): readonly string[] | undefined {
  const all = isMachine ? ofMachines : ofFunctions;
  return Object.hasOwn(all, type) ? all[type] : undefined;
}
