export { type DefineEventWithDetail, defineEvent } from './contracts/define-event.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './contracts/detail-issues.js';
export type { DetailPattern, Jsonify, LoosePattern } from './contracts/detail-pattern.js';
export type {
  DefinedEvent,
  DefinedPattern,
  EventDefinition,
  EventEntry,
  EventOf,
  PatternFactory,
  TypedPattern,
} from './contracts/event-definition.js';
export type { Envelope } from './events/envelope.js';
export type { EventOptions, PublishEvent } from './events/publish-event.js';
