import type { BusEvent } from './bus-event.js';

/** How an event came in: by PutEvents, by `inject`, or from another bus. */
export type Origin = 'put-events' | 'inject' | 'bus';

/** The one port through which an event enters its bus, wherever it comes from. */
export type Ingest = (event: BusEvent, origin: Origin) => void;
