import type { BusEvent } from './bus-event.js';

/** How an event came in: by PutEvents, by `inject`, from another bus, or from a schedule. */
export type Origin = 'put-events' | 'inject' | 'bus' | 'schedule';

/** The one port through which an event enters its bus, wherever it comes from. */
export type Ingest = (event: BusEvent, origin: Origin) => void;
