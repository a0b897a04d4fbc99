import { describeValue } from '../../base/unknown-value.js';
import { showValue } from '../expectations/plain-values.js';
import { assertFailures, type FailureRecord, failuresOf, waitingFailures } from '../failures/asserted-failures.js';
import { describeFailures } from '../failures/describe-failures.js';
import { count, cut, paragraph } from '../layout.js';
import {
  failing,
  holding,
  type MatcherContext,
  type MatcherResult,
  makeCall,
  misuse,
  showArgument,
} from '../matcher-call.js';
import { isQueueOf, nameOfArn } from '../recipient-name.js';
import { readSubject, type Subject } from '../subject.js';
import { describeWaiting, notAnyMore, notYet } from './undecided.js';
import { deadLetterQueues, unanswerable, unknownQueue } from './unknown-recipient.js';

export function toHaveDeadLetters(
  this: MatcherContext,
  received: unknown,
  queue: string,
  times?: number,
): MatcherResult {
  const subject = readSubject('toHaveDeadLetters', received);
  const shown = showArgument(queue, 'queue') + (times === undefined ? '' : `, ${showArgument(times, 'n')}`);
  const call = makeCall(this, 'toHaveDeadLetters', subject.expression, shown);
  if (typeof queue !== 'string' || queue === '') {
    const { name } = Object(queue) as { readonly name?: unknown };
    const meant =
      typeof name === 'string' && name !== '' ? ` Its name is meant: ${JSON.stringify(cut(name, 80))}.` : '';
    throw misuse(
      call,
      paragraph(`This takes the name or ARN of a queue, but was given ${describeValue(queue)}.${meant}`),
    );
  }
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw misuse(call, `This takes how many: a whole number, 0 or more, but was given ${showValue(times)}.`);
  }
  const unable = unanswerable(call, subject) ?? unknownQueue(call, subject, queue, () => describeOthers(subject));
  if (unable !== undefined) return unable;
  const isHere = (record: FailureRecord) => record.kind === 'dead-lettered' && isQueueOf(subject, record.queue, queue);
  assertFailures(subject, isHere);
  const here = failuresOf(subject).filter(isHere);
  const isWanted = times === undefined ? here.length > 0 : here.length === times;
  if (isWanted !== call.isNot) {
    const isFinal = times === undefined ? !call.isNot : here.length > times;
    return (isFinal ? undefined : (notYet(call, subject) ?? notAnyMore(call, subject))) ?? holding(call);
  }
  const unsure = here.length < (times ?? 1) ? notYet(call, subject) : undefined;
  if (unsure !== undefined) return unsure;
  const number = `${count(here.length, 'dead letter')} ${here.length === 1 ? 'was' : 'were'} sent to ${JSON.stringify(queue)}`;
  const wanted = call.isNot ? 'wanted none' : `wanted ${times ?? 'at least one'}`;
  return failing(
    call,
    paragraph(`${number}, ${call.isNot && times !== undefined ? 'wanted another number' : wanted}.`),
    ...(here.length === 0 ? [...describeUse(subject, queue), ...describeOthers(subject)] : [list(subject, here)]),
  );
}

export function toHaveNoFailures(this: MatcherContext, received: unknown): MatcherResult {
  const subject = readSubject('toHaveNoFailures', received);
  const call = makeCall(this, 'toHaveNoFailures', subject.expression, '');
  const unable = unanswerable(call, subject);
  if (unable !== undefined) return unable;
  const waiting = waitingFailures(subject);
  const failures = [...failuresOf(subject), ...waiting];
  assertFailures(subject, () => true);
  if (failures.length > 0) {
    if (call.isNot) return holding(call);
    const number = `${count(failures.length, 'failure')}:`;
    return failing(call, number, list(subject, failures), ...describeWaiting(waiting.length));
  }
  if (call.isNot) return notYet(call, subject) ?? failing(call, 'There were no failures.');
  return notYet(call, subject) ?? notAnyMore(call, subject) ?? holding(call);
}

function list(subject: Subject, failures: readonly FailureRecord[]): string {
  const accepted = new Map(
    subject.history.records('accepted').map(({ eventId, bus, time }) => [`${bus} ${eventId}`, time]),
  );
  return describeFailures(subject, failures, ({ bus, eventId }) => accepted.get(`${bus} ${eventId}`));
}

/** Nothing can come to a queue that no target names. */
function describeUse(subject: Subject, queue: string): string[] {
  if (deadLetterQueues(subject).some((arn) => isQueueOf(subject, arn, queue))) return [];
  return [
    paragraph(
      `No target has ${JSON.stringify(cut(queue, 80))} as its dead-letter queue: name it in the DeadLetterConfig of a target.`,
    ),
  ];
}

/** Where else failures are, and what may yet become one. */
function describeOthers(subject: Subject): string[] {
  const failures = failuresOf(subject);
  const queues = new Set(
    failures.flatMap((record) => (record.kind === 'dead-lettered' ? [nameOfArn(subject, record.queue)] : [])),
  );
  const lines = [
    ...(queues.size === 0 ? [] : [paragraph(`There are dead letters in ${[...queues].slice(0, 5).join(', ')}.`)]),
    ...(failures.length === 0 ? [] : [list(subject, failures)]),
  ];
  return [...lines, ...describeWaiting(subject.inFlight.waiting)];
}
