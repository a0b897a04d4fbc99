import type { NamedPageRequest } from '../../core/pages.js';
import type { EmptyResponse, OmitUndefined } from '../../core/responses.js';
import {
  busName,
  busNameOrArn,
  description,
  kmsKey,
  oneOf,
  page,
  requests,
  string,
  structure,
  tags,
} from '../../model/shape.js';
import type { DeadLetterConfig, Tag } from '../../model/target.js';
import type { LogConfig } from './event-bus-record.js';

/** What can be set on a bus. All of it is kept and given back; a Bridge encrypts and logs nothing. */
export interface BusSettings {
  /** At most 512 characters. */
  readonly Description?: string | undefined;
  /** The id, ARN or alias of a key; an alias is given back as its ARN. */
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly LogConfig?: LogConfig | undefined;
}

/** The input of CreateEventBus. */
export interface CreateEventBusRequest extends BusSettings {
  /** 1 to 256 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  /** For partner buses, which a Bridge does not have. */
  readonly EventSourceName?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

/** The output of CreateEventBus. */
export interface CreateEventBusResponse extends OmitUndefined<BusSettings> {
  EventBusArn: string;
}

/** The input of UpdateEventBus. */
export interface UpdateEventBusRequest extends BusSettings {
  /** `default` if absent. */
  readonly Name?: string | undefined;
}

/** The output of UpdateEventBus. */
export interface UpdateEventBusResponse extends OmitUndefined<BusSettings> {
  Arn: string;
  Name: string;
}

/** The input of DescribeEventBus. */
export interface DescribeEventBusRequest {
  /** Name or ARN; `default` if absent. */
  readonly Name?: string | undefined;
}

/** A bus, as ListEventBuses lists it. */
export interface EventBus {
  Name: string;
  Arn: string;
  Description?: string;
  /** The text of its policy document, if it has one. */
  Policy?: string;
  CreationTime: Date;
  /** When it was last updated, or its policy changed. */
  LastModifiedTime: Date;
}

/** The output of DescribeEventBus. */
export interface DescribeEventBusResponse extends EventBus, OmitUndefined<Omit<BusSettings, 'Description'>> {}

/** The input of ListEventBuses. */
export interface ListEventBusesRequest extends NamedPageRequest {}

/** The output of ListEventBuses. */
export interface ListEventBusesResponse {
  /** By name. */
  EventBuses: EventBus[];
  /** There if, and only if, more buses follow. */
  NextToken?: string;
}

/** The input of DeleteEventBus. */
export interface DeleteEventBusRequest {
  readonly Name: string | undefined;
}

/** The operations on event buses. */
export interface EventBusOperations {
  /**
   * Creates an event bus.
   *
   * @throws {ResourceAlreadyExistsException} when the bus exists; `default` always does.
   * @throws {LimitExceededException} above `limits.buses`.
   * @throws {ValidationException} for a name with a slash, a tag key that comes twice, a key that cannot be one of KMS, and a
   * dead-letter queue that is not a standard SQS queue.
   * @throws {AccessDeniedException} for a dead-letter queue of another region.
   */
  createEventBus(input: CreateEventBusRequest): Promise<CreateEventBusResponse>;
  /**
   * Changes the settings of an event bus; what is left out stays, and an empty key or queue is taken away.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {ValidationException} for a key that cannot be one of KMS, and a dead-letter queue that is not a standard SQS queue.
   * @throws {AccessDeniedException} for a dead-letter queue of another region.
   */
  updateEventBus(input?: UpdateEventBusRequest): Promise<UpdateEventBusResponse>;
  /**
   * Describes an event bus by name or ARN; `default` if none is named.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {ValidationException} for an ARN of another region.
   */
  describeEventBus(input?: DescribeEventBusRequest): Promise<DescribeEventBusResponse>;
  /**
   * Lists the event buses by name, 100 at a time if `Limit` does not say less.
   *
   * @throws {ValidationException} for a token that belongs to no page.
   */
  listEventBuses(input?: ListEventBusesRequest): Promise<ListEventBusesResponse>;
  /**
   * Deletes an event bus with its tags, policy and subscriptions; one that does not exist, too.
   *
   * Deliveries on their way go on.
   *
   * @throws {ValidationException} for `default`, and for a bus that has rules, that of an archive among them.
   */
  deleteEventBus(input: DeleteEventBusRequest): Promise<EmptyResponse>;
}

const settings = {
  // Empty, it takes the queue away.
  DeadLetterConfig: structure('DeadLetterConfig', { Arn: string(0, 1600) }),
  LogConfig: structure('LogConfig', {
    IncludeDetail: oneOf('NONE', 'FULL'),
    Level: oneOf('OFF', 'ERROR', 'INFO', 'TRACE'),
  }),
};

export const eventBusShapes = requests({
  CreateEventBus: {
    'Name!': busName,
    EventSourceName: string(1, 256, 'aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}'),
    Description: description,
    KmsKeyIdentifier: kmsKey,
    ...settings,
    Tags: tags,
  },
  UpdateEventBus: {
    Name: busName,
    KmsKeyIdentifier: kmsKey,
    Description: description,
    ...settings,
  },
  DescribeEventBus: { Name: busNameOrArn },
  ListEventBuses: { NamePrefix: busName, ...page },
  DeleteEventBus: { 'Name!': busName },
});
