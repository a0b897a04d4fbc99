import { unqualifiedArn } from '../base/arn.js';
import { pluralize } from '../base/describe.js';
import type { FailureRecord } from './asserted-failures.js';
import { formatDuration, labelled, oneLine, relativePath, shortId, truncate } from './layout.js';
import { arnDisplayName, type WithTemplateSources } from './recipient-name.js';

const maxShown = 5;
const maxNameLength = 24;

/** Returns two or three lines for each failure: recipient, event, attempts, reason, stack frame, dead-letter queue. */
export function describeFailures(
  sources: WithTemplateSources,
  failures: readonly FailureRecord[],
  acceptedAt: (record: FailureRecord) => string | undefined,
): string {
  const shown = failures.slice(0, maxShown);
  const nameOf = (record: FailureRecord) => truncate(recipientLabel(sources, record), maxNameLength);
  const nameWidth = Math.max(...shown.map((record) => nameOf(record).length));
  const more = failures.length > shown.length ? [`  and ${failures.length - shown.length} more`] : [];
  const describe = (record: FailureRecord) =>
    describeFailure(sources, record, nameOf(record).padEnd(nameWidth), acceptedAt(record));
  return [...shown.map(describe), ...more].join('\n');
}

function describeFailure(
  sources: WithTemplateSources,
  record: FailureRecord,
  name: string,
  acceptedAt: string | undefined,
): string {
  const duration = acceptedAt === undefined ? 0 : Date.parse(record.time) - Date.parse(acceptedAt);
  const attempts = `${pluralize(record.attempts, 'attempt')}${duration > 0 ? ` in ${formatDuration(duration)}` : ''}`;
  const indent = ' '.repeat(name.length + 4);
  const frame = firstFrame(record.error);
  return [
    labelled(`  ${name}  `, `${shortId(record.eventId)}  ${attempts}  ${truncate(reason(record), 300)}`),
    ...(frame === undefined ? [] : [labelled(indent, truncate(frame, 200))]),
    ...(record.kind === 'dead-lettered'
      ? [labelled(indent, `→ dead-lettered to ${arnDisplayName(sources, record.queue)}`)]
      : []),
    ...(record.kind === 'retrying' ? [`${indent}→ waits for its next attempt`] : []),
  ].join('\n');
}

export function recipientLabel(sources: WithTemplateSources, { arn, subscription }: FailureRecord): string {
  return oneLine(arn === undefined ? `${subscription}` : arnDisplayName(sources, unqualifiedArn(arn), arn));
}

function reason(record: FailureRecord): string {
  const hint = record.kind === 'failed' || record.kind === 'dead-lettered' ? record.hint : undefined;
  const errorMessage = hint === undefined ? record.errorMessage : `${record.errorMessage} ${hint}`;
  const errorCode = record.kind === 'function-error' ? undefined : record.errorCode;
  if (errorCode === undefined || errorCode === 'ERROR_FROM_TARGET') return errorMessage;
  return errorMessage === errorCode ? errorMessage : `${errorCode}: ${errorMessage}`;
}

/** Returns the first stack frame in the user's code: `at bill (src/bill.ts:9:11)`. */
function firstFrame(error: unknown): string | undefined {
  const frame = readStack(error)
    ?.split('\n', 50)
    .map((line) => line.trim())
    .find((line) => line.startsWith('at ') && !/node:|node_modules|<anonymous>\)?$/.test(line));
  return frame && relativePath(frame);
}

function readStack(error: unknown): string | undefined {
  try {
    const stack: unknown = (error as { stack?: unknown } | undefined)?.stack;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}
