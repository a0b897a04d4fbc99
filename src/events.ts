export { type DefineEventOf, defineEvent } from './contracts/define-event.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './contracts/detail-issues.js';
export type { DetailPattern, JsonOf, LoosePattern } from './contracts/detail-pattern.js';
export type {
  DefinedEvent,
  DefinedPattern,
  EventDefinition,
  EventEntry,
  EventOf,
  PatternMaker,
  TypedPattern,
} from './contracts/event-definition.js';
export type { Envelope } from './events/envelope.js';
export type { EventOptions, PublishEvent } from './events/publish-event.js';
