import type { HistoryRecord } from '../../history/record.js';
import { clockTime, eventLine, rejectedLine } from '../event-line.js';
import { type Colors, createColors, plainText } from '../terminal.js';
import type { LogEntry, RequestEntry, ServeLog } from './logged-bridge.js';

/** As many events as a bridge remembers by itself. */
const maxTitles = 10_000;
/** Below the operation of the request. */
const margin = ' '.repeat(13);

type Title = { readonly source: string; readonly detailType: string };
type DeliveryRecord = Extract<HistoryRecord, { attempts: number }>;

/** Lines for a person: a request, below it what its entries met, and in their time the ends of the deliveries. */
export function prettyLog(write: (text: string) => void, color: boolean): ServeLog {
  const colors = createColors(color);
  const { bold, dim, red } = colors;
  /** Most records name an event by its id only. */
  const titles = new Map<string, Title>();
  const timed = (time: string, text: string) => write(`${dim(clockTime(time))}  ${text}\n`);
  const titleOf = (id: string): Title => titles.get(id) ?? { source: id, detailType: '' };
  const remember = (id: string, title: Title) => {
    titles.set(id, title);
    if (titles.size > maxTitles) titles.delete(titles.keys().next().value as string);
  };
  return (entry: LogEntry, isPart = false) => {
    const met = (time: string, text: string) => (isPart ? write(`${margin}${text}\n`) : timed(time, text));
    switch (entry.kind) {
      case 'request':
        return timed(entry.time, requestText(entry, colors));
      case 'refusal': {
        const { status, operation, method, path, name, message } = entry;
        const what = operation ?? `${method} ${path}`;
        return timed(entry.time, red(plainText(`${status} ${what}  ${name}: ${message}`)));
      }
      case 'accepted':
        return remember(entry.eventId, { source: entry.event.source, detailType: entry.event['detail-type'] });
      case 'dropped': {
        const { source, 'detail-type': detailType } = entry.event;
        return met(entry.time, eventLine({ kind: 'dropped', bus: entry.bus, source, detailType }, colors));
      }
      case 'matched':
      case 'unmatched':
        return met(entry.time, eventLine({ ...entry, ...titleOf(entry.eventId) }, colors));
      case 'rejected':
        return met(entry.time, rejectedLine(entry, colors));
      case 'invalid-detail':
        return;
      default: {
        const title = bold(plainText(titleOf(entry.eventId).detailType));
        return timed(entry.time, `${deliveryText(entry, colors)}  ${title}${failureText(entry, colors)}`);
      }
    }
  };
}

function requestText({ operation, subject, entries }: RequestEntry, { bold, cyan }: Colors): string {
  const count = entries === undefined ? '' : `  ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  return `${cyan(operation)}${subject === undefined ? '' : `  ${bold(plainText(subject))}`}${count}`;
}

function deliveryText(record: DeliveryRecord, { green, yellow, red }: Colors): string {
  const from = record.rule === undefined ? '' : `${record.rule} → `;
  const to = record.subscription ?? record.arn?.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:function:)?/, '') ?? '';
  const text = plainText(`${from}${to}`);
  if (record.kind === 'delivered') return `${green('✓')} ${text}`;
  return record.kind === 'retrying' ? `${yellow('↻')} ${text}` : `${red('✗')} ${text}`;
}

function failureText(record: DeliveryRecord, { yellow, red }: Colors): string {
  if (record.kind === 'delivered') return '';
  const code = record.kind === 'function-error' || record.errorCode === undefined ? '' : `${record.errorCode}: `;
  const why = plainText(`${code}${record.errorMessage}`);
  switch (record.kind) {
    case 'retrying':
      return `  ${yellow(`${why}  again at ${clockTime(record.nextAt)}`)}`;
    case 'dead-lettered':
      return `  ${red(`${why}  → ${plainText(record.queue.split(':').at(-1) ?? '')}`)}`;
    default:
      return `  ${red(why)}`;
  }
}
