import { eventBuses } from '../resources/event-buses/event-buses.js';
import { events } from '../resources/events/events.js';
import { rules } from '../resources/rules/rules.js';
import { targets } from '../resources/targets/targets.js';

/** The plugins that every bridge has. */
export const basePlugins = (buses: readonly string[]) => [events(), eventBuses(buses), rules(), targets()] as const;

export type BasePlugins = ReturnType<typeof basePlugins>;
