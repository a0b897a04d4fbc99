import { type Colors, plainText } from './terminal.js';

/** What one line says of an event: what it is, and what it met on its bus. */
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
  const place = bus === 'default' ? [] : [`on ${plainText(bus)}`];
  const met = {
    matched: () =>
      green(plainText(`→ ${[...rules, ...subscriptions.map((name) => `${name} (subscription)`)].join(', ')}`)),
    unmatched: () => yellow('matches nothing'),
    dropped: () => red('dropped: there is no such bus'),
  };
  return [plainText(source), bold(plainText(detailType)), ...place, met[kind]()].join('  ');
}

/** What one line says of an entry that was refused. `index` counts from 0. */
export function rejectedLine(
  { index, errorCode, errorMessage }: { index: number; errorCode: string; errorMessage: string },
  { red }: Colors,
): string {
  return red(plainText(`entry ${index + 1} refused  ${errorCode}: ${errorMessage}`));
}

/** `10:57:03Z` of an ISO text. */
export function clockTime(time: string): string {
  return `${time.slice(11, 19)}Z`;
}
