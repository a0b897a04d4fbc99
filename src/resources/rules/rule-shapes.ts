import {
  arn,
  boolean,
  busNameOrArn,
  description,
  eventPattern,
  name64,
  oneOf,
  page,
  requests,
  string,
  tags,
} from '../../model/shape.js';

const ruleOnBus = { 'Name!': name64, EventBusName: busNameOrArn };

export const ruleShapes = requests({
  PutRule: {
    'Name!': name64,
    ScheduleExpression: string(undefined, 256),
    EventPattern: eventPattern,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    Description: description,
    RoleArn: arn,
    Tags: tags,
    EventBusName: busNameOrArn,
  },
  DescribeRule: ruleOnBus,
  ListRules: { NamePrefix: name64, EventBusName: busNameOrArn, ...page },
  EnableRule: ruleOnBus,
  DisableRule: ruleOnBus,
  DeleteRule: { ...ruleOnBus, Force: boolean },
  ListRuleNamesByTarget: {
    'TargetArn!': arn,
    EventBusName: busNameOrArn,
    ...page,
  },
});
