export { type Answer, answer, type ResponseMetadata } from './sdk/answer.js';
export { type ClientConfig, clientConfig } from './sdk/client-config.js';
export { eventBridgeHandlers } from './sdk/event-bridge-handlers.js';
export type { SdkRequest, SdkRequestHandler, SdkResponse } from './sdk/request-handler.js';
export { type ClientClass, retarget } from './sdk/retarget.js';
