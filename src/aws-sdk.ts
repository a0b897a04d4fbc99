export { type ClientConfig, clientConfig } from './sdk/client-config.js';
export { eventBridgeHandlers } from './sdk/event-bridge-handlers.js';
export { type MockResponder, mockResponder, type ResponseMetadata } from './sdk/mock-responder.js';
export type { SdkRequest, SdkRequestHandler, SdkResponse } from './sdk/request-handler.js';
export { type ClientClass, retarget } from './sdk/retarget.js';
