import type { BusEvent } from './bus-event.js';

/** How an event came in: by PutEvents, by `inject`, from another bus, from a schedule, or from a replay. Deliveries of one that came by `restore` go on. */
export type Origin = 'put-events' | 'inject' | 'bus' | 'schedule' | 'replay' | 'restore';

/** The one port through which an event enters its bus, wherever it comes from. */
export type Ingest = (event: BusEvent, origin: Origin) => void;
