import { arn, busNameOrArn, description, eventPattern, page, shortName, tags } from './scalars.js';
import { boolean, oneOf, string, structure } from './shape.js';

const ruleOnBus = { 'Name!': shortName, EventBusName: busNameOrArn };

export const ruleModel = {
  PutRule: structure('PutRuleRequest', {
    'Name!': shortName,
    ScheduleExpression: string(undefined, 256),
    EventPattern: eventPattern,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    Description: description,
    RoleArn: arn,
    Tags: tags,
    EventBusName: busNameOrArn,
  }),
  DescribeRule: structure('DescribeRuleRequest', ruleOnBus),
  ListRules: structure('ListRulesRequest', { NamePrefix: shortName, EventBusName: busNameOrArn, ...page }),
  EnableRule: structure('EnableRuleRequest', ruleOnBus),
  DisableRule: structure('DisableRuleRequest', ruleOnBus),
  DeleteRule: structure('DeleteRuleRequest', { ...ruleOnBus, Force: boolean }),
  ListRuleNamesByTarget: structure('ListRuleNamesByTargetRequest', {
    'TargetArn!': arn,
    EventBusName: busNameOrArn,
    ...page,
  }),
};
