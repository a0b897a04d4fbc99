/** How an API destination is called. */
export type ApiDestinationHttpMethod = 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'GET' | 'OPTIONS';

/** An API destination. Whether it is active follows from its connection. Times are epoch milliseconds. */
export interface ApiDestinationRecord {
  readonly Name: string;
  readonly ApiDestinationArn: string;
  readonly Description?: string | undefined;
  readonly ConnectionArn: string;
  readonly InvocationEndpoint: string;
  readonly HttpMethod: ApiDestinationHttpMethod;
  readonly InvocationRateLimitPerSecond: number;
  readonly CreationTime: number;
  readonly LastModifiedTime: number;
}
