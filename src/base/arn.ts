/** The account and region of a bridge. */
export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** The six parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const arnShape = /^arn:(aws[a-z-]*):([a-zA-Z0-9-]+):([a-zA-Z0-9-]*):([0-9]{12}|aws)?:(.+)$/s;

export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region = '', account = '', resource] = arnShape.exec(text) ?? [];
  if (partition === undefined || service === undefined || resource === undefined) return undefined;
  return { partition, service, region, account, resource };
}

export function makeArn(accountRegion: AccountRegion, service: string, resource: string): string {
  return `arn:${partitionForRegion(accountRegion.region)}:${service}:${accountRegion.region}:${accountRegion.account}:${resource}`;
}

/** A rule of the default bus is `rule/NAME`, of another one `rule/BUS/NAME` (recorded from the service). */
export function makeRuleArn(accountRegion: AccountRegion, bus: string, rule: string): string {
  return makeArn(accountRegion, 'events', bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}`);
}

/** True for `arn:…:events:…:event-bus/NAME`, of any account and region. */
export function isBusArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'events' && arn.resource.startsWith('event-bus/');
}

/** True for `arn:…:lambda:…:function:NAME`, with or without a version or alias. */
export function isFunctionArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'lambda' && arn.resource.startsWith('function:');
}

const qualifiedFunction = /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+):[^:]+$/;

/** The ARN of a Lambda function without its version or alias; every other ARN as it is. */
export function unqualifiedArn(arn: string): string {
  return qualifiedFunction.exec(arn)?.[1] ?? arn;
}

/** By how the names of their regions begin, as the SDK tells them apart. */
const partitions = {
  'cn-': 'aws-cn',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'us-isof-': 'aws-iso-f',
  'eu-isoe-': 'aws-iso-e',
  'eusc-': 'aws-eusc',
} as const;

export function partitionForRegion(region: string): string {
  return Object.entries(partitions).find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws';
}

export function isApiDestinationArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'events' && arn.resource.startsWith('api-destination/');
}
