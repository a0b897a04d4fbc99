import { unqualifiedArn } from '../../base/arn.js';
import { count, cut, describeSpan, fromHere, labelled, oneLine, shortId } from '../layout.js';
import { type Cited, nameOfArn } from '../recipient-name.js';
import type { FailureRecord } from './asserted-failures.js';

const mostShown = 5;

/** A failure in two or three lines each: to whom, which event, how often, why, where it was thrown, where the event lies. */
export function describeFailures(
  cited: Cited,
  failures: readonly FailureRecord[],
  acceptedAt: (record: FailureRecord) => string | undefined,
): string {
  const shown = failures.slice(0, mostShown);
  const nameWidth = Math.max(...shown.map((record) => cut(recipientOf(cited, record), 24).length));
  const more = failures.length > shown.length ? [`  and ${failures.length - shown.length} more`] : [];
  return [...shown.map((record) => describe(cited, record, nameWidth, acceptedAt(record))), ...more].join('\n');
}

function describe(cited: Cited, record: FailureRecord, nameWidth: number, accepted: string | undefined): string {
  const name = cut(recipientOf(cited, record), 24).padEnd(nameWidth);
  const span = accepted === undefined ? 0 : Date.parse(record.time) - Date.parse(accepted);
  const attempts = `${count(record.attempts, 'attempt')}${span > 0 ? ` in ${describeSpan(span)}` : ''}`;
  const indent = ' '.repeat(nameWidth + 4);
  const frame = firstFrame(record.error);
  return [
    labelled(`  ${name}  `, `${shortId(record.eventId)}  ${attempts}  ${cut(reason(record), 300)}`),
    ...(frame === undefined ? [] : [labelled(indent, cut(frame, 200))]),
    ...(record.kind === 'dead-lettered'
      ? [labelled(indent, `→ dead-lettered to ${nameOfArn(cited, record.queue)}`)]
      : []),
    ...(record.kind === 'retrying' ? [`${indent}→ waits for its next attempt`] : []),
  ].join('\n');
}

export function recipientOf(cited: Cited, { arn, subscription }: FailureRecord): string {
  return oneLine(arn === undefined ? `${subscription}` : nameOfArn(cited, unqualifiedArn(arn), arn));
}

function reason(record: FailureRecord): string {
  const { errorMessage } = record;
  const errorCode = record.kind === 'function-error' ? undefined : record.errorCode;
  if (errorCode === undefined || errorCode === 'ERROR_FROM_TARGET') return errorMessage;
  return errorMessage === errorCode ? errorMessage : `${errorCode}: ${errorMessage}`;
}

/** Where in the code of the user an error was made: `at bill (src/bill.ts:9:11)`. */
function firstFrame(error: unknown): string | undefined {
  const stack = readStack(error);
  const frame = stack
    ?.split('\n', 50)
    .map((line) => line.trim())
    .find((line) => line.startsWith('at ') && !/node:|node_modules|<anonymous>\)?$/.test(line));
  return frame && fromHere(frame);
}

function readStack(error: unknown): string | undefined {
  try {
    const stack: unknown = (error as { stack?: unknown } | undefined)?.stack;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}
