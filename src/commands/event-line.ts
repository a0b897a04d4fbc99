import { escapeLine } from '../base/escape-controls.js';
import type { Colors } from './terminal.js';

/** An event and what it matched, for one line. */
export interface SeenEvent {
  readonly kind: 'matched' | 'unmatched' | 'dropped';
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly rules?: readonly string[];
  readonly subscriptions?: readonly string[];
}

/** `com.shop  Order Placed  → big, audit (subscription)`. */
export function eventLine(event: SeenEvent, { bold, green, yellow, red }: Colors): string {
  const { kind, bus, source, detailType, rules = [], subscriptions = [] } = event;
  const where = bus === 'default' ? [] : [`on ${escapeLine(bus)}`];
  const outcome = {
    matched: () =>
      green(escapeLine(`→ ${[...rules, ...subscriptions.map((name) => `${name} (subscription)`)].join(', ')}`)),
    unmatched: () => yellow('matches nothing'),
    dropped: () => red('dropped: the bus does not exist'),
  };
  return [escapeLine(source), bold(escapeLine(detailType)), ...where, outcome[kind]()].join('  ');
}

/** A rejected entry, for one line. `index` counts from 0. */
export function rejectedLine(
  { index, errorCode, errorMessage }: { index: number; errorCode: string; errorMessage: string },
  { red }: Colors,
): string {
  return red(escapeLine(`entry ${index + 1} rejected  ${errorCode}: ${errorMessage}`));
}

/** Returns `10:57:03Z` for an ISO time. */
export function clockTime(time: string): string {
  return `${escapeLine(time.slice(11, 19))}Z`;
}
