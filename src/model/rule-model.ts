import { arn, busNameOrArn, description, eventPattern, page, shortName, tags } from './scalars.js';
import { boolean, oneOf, requests, string } from './shape.js';

const ruleOnBus = { 'Name!': shortName, EventBusName: busNameOrArn };

export const ruleModel = requests({
  PutRule: {
    'Name!': shortName,
    ScheduleExpression: string(undefined, 256),
    EventPattern: eventPattern,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    Description: description,
    RoleArn: arn,
    Tags: tags,
    EventBusName: busNameOrArn,
  },
  DescribeRule: ruleOnBus,
  ListRules: { NamePrefix: shortName, EventBusName: busNameOrArn, ...page },
  EnableRule: ruleOnBus,
  DisableRule: ruleOnBus,
  DeleteRule: { ...ruleOnBus, Force: boolean },
  ListRuleNamesByTarget: {
    'TargetArn!': arn,
    EventBusName: busNameOrArn,
    ...page,
  },
});
