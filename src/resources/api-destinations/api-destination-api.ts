import type { NamedPageRequest } from '../../core/pages.js';
import type { EmptyResponse } from '../../core/responses.js';
import type { ApiDestinationHttpMethod } from './api-destination-record.js';

/** The input of CreateApiDestination. */
export interface CreateApiDestinationRequest {
  /** 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  /** At most 512 characters, in one line. */
  readonly Description?: string | undefined;
  /** Of a connection that exists. */
  readonly ConnectionArn: string | undefined;
  /** The https URL that AWS calls. A Bridge calls nothing: what receives the events is `handle`d by the destination's ARN. */
  readonly InvocationEndpoint: string | undefined;
  readonly HttpMethod: ApiDestinationHttpMethod | undefined;
  /** 300 if absent, and at most. Kept, not enforced. */
  readonly InvocationRateLimitPerSecond?: number | undefined;
}

/** The input of UpdateApiDestination. */
export interface UpdateApiDestinationRequest extends Partial<Omit<CreateApiDestinationRequest, 'Name'>> {
  readonly Name: string | undefined;
}

/** An API destination by its name. */
export interface ApiDestinationByName {
  readonly Name: string | undefined;
}

/** The output of CreateApiDestination and UpdateApiDestination. */
export interface ChangeApiDestinationResponse {
  ApiDestinationArn: string;
  /** `INACTIVE` while its connection is AUTHORIZING, and for good once that is deleted. */
  ApiDestinationState: 'ACTIVE' | 'INACTIVE';
  CreationTime: Date;
  LastModifiedTime: Date;
}

/** An API destination, as ListApiDestinations lists it. */
export interface ApiDestination extends ChangeApiDestinationResponse {
  Name: string;
  ConnectionArn: string;
  InvocationEndpoint: string;
  HttpMethod: ApiDestinationHttpMethod;
  InvocationRateLimitPerSecond: number;
}

/** The output of DescribeApiDestination. */
export interface DescribeApiDestinationResponse extends ApiDestination {
  Description?: string;
}

/** The input of ListApiDestinations. */
export interface ListApiDestinationsRequest extends NamedPageRequest {
  /** Only those of this connection. */
  readonly ConnectionArn?: string | undefined;
}

/** The output of ListApiDestinations. */
export interface ListApiDestinationsResponse {
  /** By name. */
  ApiDestinations: ApiDestination[];
  /** There if, and only if, more API destinations follow. */
  NextToken?: string;
}

/** The operations on API destinations. */
export interface ApiDestinationOperations {
  /**
   * Creates an API destination. Its events go to the function that `handle` registers for its ARN, whatever its state.
   *
   * @throws {ResourceAlreadyExistsException} when the API destination exists.
   * @throws {ResourceNotFoundException} when the connection does not exist.
   * @throws {LimitExceededException} above `limits.apiDestinations`, and above 300 invocations a second.
   * @throws {ValidationException} for an endpoint that is not https, and for a connection of another region.
   */
  createApiDestination(input: CreateApiDestinationRequest): Promise<ChangeApiDestinationResponse>;
  /**
   * Changes an API destination; what is left out stays.
   *
   * @throws {ResourceNotFoundException} when the API destination or the connection does not exist.
   * @throws {LimitExceededException} above 300 invocations a second.
   * @throws {ValidationException} for an endpoint that is not https, and for a connection of another region.
   */
  updateApiDestination(input: UpdateApiDestinationRequest): Promise<ChangeApiDestinationResponse>;
  /**
   * Describes an API destination.
   *
   * @throws {ResourceNotFoundException} when the API destination does not exist.
   */
  describeApiDestination(input: ApiDestinationByName): Promise<DescribeApiDestinationResponse>;
  /** Lists the API destinations by name, 100 at a time if `Limit` does not say less. */
  listApiDestinations(input?: ListApiDestinationsRequest): Promise<ListApiDestinationsResponse>;
  /**
   * Deletes an API destination.
   *
   * @throws {ResourceNotFoundException} when the API destination does not exist.
   */
  deleteApiDestination(input: ApiDestinationByName): Promise<EmptyResponse>;
}
