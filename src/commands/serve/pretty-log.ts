import { pluralize } from '../../base/describe.js';
import { escapeLine } from '../../base/escape-controls.js';
import type { HistoryRecord } from '../../history/record.js';
import { clockTime, eventLine, rejectedLine } from '../event-line.js';
import { type Colors, createColors } from '../terminal.js';
import type { LogEntry, RequestEntry, ServeLog } from './logged-bridge.js';

/** As many as the default history. */
const maxTitles = 10_000;
/** The column of a request's operation. */
const margin = ' '.repeat(13);

type Title = { readonly source: string; readonly detailType: string };
type DeliveryRecord = Extract<HistoryRecord, { attempts: number }>;

/** Writes lines for a person: each request, below it what its entries matched, and later the outcomes of deliveries. */
export function prettyLog(write: (text: string) => void, color: boolean): ServeLog {
  const colors = createColors(color);
  const { bold, dim, red } = colors;
  /** By event id, because most records have only that. */
  const titles = new Map<string, Title>();
  const timed = (time: string, text: string) => write(`${dim(clockTime(time))}  ${text}\n`);
  const titleOf = (id: string): Title => titles.get(id) ?? { source: id, detailType: '' };
  const rememberTitle = (id: string, title: Title) => {
    titles.set(id, title);
    if (titles.size > maxTitles) titles.delete(titles.keys().next().value as string);
  };
  return (entry: LogEntry, isPart = false) => {
    const matched = (time: string, text: string) => (isPart ? write(`${margin}${text}\n`) : timed(time, text));
    switch (entry.kind) {
      case 'request':
        return timed(entry.time, requestText(entry, colors));
      case 'refusal': {
        const { status, operation, method, path, name, message } = entry;
        const what = operation ?? `${method} ${path}`;
        return timed(entry.time, red(escapeLine(`${status} ${what}  ${name}: ${message}`)));
      }
      case 'accepted':
        return rememberTitle(entry.eventId, { source: entry.event.source, detailType: entry.event['detail-type'] });
      case 'dropped': {
        const { source, 'detail-type': detailType } = entry.event;
        return matched(entry.time, eventLine({ kind: 'dropped', bus: entry.bus, source, detailType }, colors));
      }
      case 'matched':
      case 'unmatched':
        return matched(entry.time, eventLine({ ...entry, ...titleOf(entry.eventId) }, colors));
      case 'rejected':
        return matched(entry.time, rejectedLine(entry, colors));
      case 'invalid-detail':
        return;
      default: {
        const title = bold(escapeLine(titleOf(entry.eventId).detailType));
        return timed(entry.time, `${deliveryText(entry, colors)}  ${title}${failureText(entry, colors)}`);
      }
    }
  };
}

function requestText({ operation, subject, entries }: RequestEntry, { bold, cyan }: Colors): string {
  const count = entries === undefined ? '' : `  ${pluralize(entries, 'entry', 'entries')}`;
  return `${cyan(escapeLine(operation))}${subject === undefined ? '' : `  ${bold(escapeLine(subject))}`}${count}`;
}

function deliveryText(record: DeliveryRecord, { green, yellow, red }: Colors): string {
  const from = record.rule === undefined ? '' : `${record.rule} → `;
  const to = record.subscription ?? record.arn?.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:function:)?/, '') ?? '';
  const text = escapeLine(`${from}${to}`);
  if (record.kind === 'delivered') return `${green('✓')} ${text}`;
  return record.kind === 'retrying' ? `${yellow('↻')} ${text}` : `${red('✗')} ${text}`;
}

function failureText(record: DeliveryRecord, { yellow, red }: Colors): string {
  if (record.kind === 'delivered') return '';
  const code = record.kind === 'function-error' || record.errorCode === undefined ? '' : `${record.errorCode}: `;
  const why = escapeLine(`${code}${record.errorMessage}`);
  switch (record.kind) {
    case 'retrying':
      return `  ${yellow(`${why}  again at ${clockTime(record.nextAt)}`)}`;
    case 'dead-lettered':
      return `  ${red(`${why}  → ${escapeLine(record.queue.split(':').at(-1) ?? '')}`)}`;
    default:
      return `  ${red(why)}`;
  }
}
