import type { BusEvent } from './bus-event.js';

/** How an event reached its bus: by PutEvents, by `inject`, from another bus, a schedule or a replay, or by `restore` with its pending deliveries. */
export type Origin = 'put-events' | 'inject' | 'bus' | 'schedule' | 'replay' | 'restore';

/** The port through which every event that is not an entry reaches its bus. */
export type Ingest = (event: BusEvent, origin: Origin) => void;
