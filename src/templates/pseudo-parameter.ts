import { partitionOf } from '../base/arn.js';
import type { StackSettings } from './cloud-template.js';

/** What CloudFormation knows by itself; `null` for AWS::NoValue, `undefined` for what is no pseudo parameter. */
export function pseudoParameter(name: string, settings: StackSettings): string | readonly string[] | null | undefined {
  const { account, region, stackName } = settings;
  const partition = partitionOf(region);
  switch (name) {
    case 'AWS::NoValue':
      return null;
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
    case 'AWS::Partition':
      return partition;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::NotificationARNs':
      return [];
    default:
      return undefined;
  }
}
