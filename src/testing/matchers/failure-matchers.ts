import { pluralize } from '../../base/describe.js';
import { describeValue } from '../../base/unknown-value.js';
import {
  type EndedFailure,
  type FailureRecord,
  failuresOf,
  markAsserted,
  waitingFailures,
} from '../asserted-failures.js';
import { describeFailures, recipientLabel } from '../describe-failures.js';
import { formatValue } from '../expectations/plain-values.js';
import { paragraph, truncate, wasOrWere } from '../layout.js';
import {
  createMatcherCall,
  fail,
  formatArgument,
  type MatcherContext,
  type MatcherResult,
  pass,
  usageError,
} from '../matcher-call.js';
import { arnDisplayName, isQueueOf } from '../recipient-name.js';
import { readSubject, type Subject } from '../subject.js';
import { describeWaitingRetries, failIfEvicted, failIfInFlight } from './undecided.js';
import { deadLetterQueues, failIfUnanswerable, failIfUnknownQueue } from './unknown-recipient.js';

export function toHaveDeadLetters(
  this: MatcherContext,
  received: unknown,
  queue: string,
  times?: number,
): MatcherResult {
  const subject = readSubject('toHaveDeadLetters', received);
  const args = formatArgument(queue, 'queue') + (times === undefined ? '' : `, ${formatArgument(times, 'n')}`);
  const call = createMatcherCall(this, 'toHaveDeadLetters', subject.expression, args);
  if (typeof queue !== 'string' || queue === '') {
    const { name } = Object(queue) as { readonly name?: unknown };
    const advice =
      typeof name === 'string' && name !== '' ? ` Pass its name: ${JSON.stringify(truncate(name, 80))}.` : '';
    throw usageError(
      call,
      paragraph(`This takes the name or ARN of a queue, but was given ${describeValue(queue)}.${advice}`),
    );
  }
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw usageError(
      call,
      paragraph(`The number of dead letters must be a whole number, 0 or more, but is ${formatValue(times)}.`),
    );
  }
  const unanswerable =
    failIfUnanswerable(call, subject) ?? failIfUnknownQueue(call, subject, queue, () => describeOtherFailures(subject));
  if (unanswerable !== undefined) return unanswerable;
  const isHere = (record: FailureRecord) => record.kind === 'dead-lettered' && isQueueOf(subject, record.queue, queue);
  markAsserted(subject, isHere);
  const here = failuresOf(subject).filter(isHere);
  const isExpected = times === undefined ? here.length > 0 : here.length === times;
  if (isExpected !== call.isNot) {
    const isFinal = times === undefined ? !call.isNot : here.length > times;
    return (isFinal ? undefined : (failIfInFlight(call, subject) ?? failIfEvicted(call, subject))) ?? pass(call);
  }
  const undecided = here.length < (times ?? 1) ? failIfInFlight(call, subject) : undefined;
  if (undecided !== undefined) return undecided;
  const number = `${pluralize(here.length, 'dead letter')} ${wasOrWere(here.length)} sent to ${JSON.stringify(queue)}`;
  const wanted = call.isNot ? 'wanted none' : `wanted ${times ?? 'at least one'}`;
  return fail(
    call,
    paragraph(`${number}, ${call.isNot && times !== undefined ? 'wanted another number' : wanted}.`),
    ...(here.length > 0
      ? [list(subject, here)]
      : [
          ...describeUnusedQueue(subject, queue),
          ...describeFunctionErrors(subject, queue),
          ...describeOtherFailures(subject),
        ]),
  );
}

export function toHaveNoFailures(this: MatcherContext, received: unknown): MatcherResult {
  const subject = readSubject('toHaveNoFailures', received);
  const call = createMatcherCall(this, 'toHaveNoFailures', subject.expression, '');
  const unanswerable = failIfUnanswerable(call, subject);
  if (unanswerable !== undefined) return unanswerable;
  const waiting = waitingFailures(subject);
  const failures = [...failuresOf(subject), ...waiting];
  markAsserted(subject, () => true);
  if (failures.length > 0) {
    if (call.isNot) return pass(call);
    const number = `${pluralize(failures.length, 'failure')}:`;
    return fail(call, number, list(subject, failures), ...describeWaitingRetries(waiting.length));
  }
  if (call.isNot) return failIfInFlight(call, subject) ?? fail(call, 'There were no failures.');
  return failIfInFlight(call, subject) ?? failIfEvicted(call, subject) ?? pass(call);
}

function list(subject: Subject, failures: readonly FailureRecord[]): string {
  const accepted = new Map(
    subject.history.records('accepted').map(({ eventId, bus, time }) => [`${bus} ${eventId}`, time]),
  );
  return describeFailures(subject, failures, ({ bus, eventId }) => accepted.get(`${bus} ${eventId}`));
}

/** Says that no target has the queue as its dead-letter queue. */
function describeUnusedQueue(subject: Subject, queue: string): string[] {
  if (deadLetterQueues(subject).some((arn) => isQueueOf(subject, arn, queue))) return [];
  return [
    paragraph(
      `No target has ${JSON.stringify(truncate(queue, 80))} as its dead-letter queue. Set it in the DeadLetterConfig of a target.`,
    ),
  ];
}

/** Says that a function which throws was delivered to, as on AWS, so that the queue of its target gets nothing. */
function describeFunctionErrors(subject: Subject, queue: string): string[] {
  const thrown = [...failuresOf(subject), ...waitingFailures(subject)].find(
    (record) => isFunctionError(record) && isQueueOf(subject, deadLetterQueueOf(subject, record) ?? '', queue),
  );
  if (thrown === undefined) return [];
  const name = JSON.stringify(recipientLabel(subject, thrown));
  return [
    paragraph(
      `Function ${name} threw, and as on AWS that counts as delivered: EventBridge hands the event to Lambda, and only what Lambda does not take goes to the dead-letter queue of the target. Assert \`expect(bridge).toHaveDeliveredTo(${name})\` and \`expect(bridge).not.toHaveNoFailures()\`, or make the delivery fail: \`bridge.faults.target(${name}, { code: 'NO_PERMISSIONS' })\`.`,
    ),
  ];
}

function isFunctionError(record: FailureRecord): boolean {
  return record.kind === 'function-error' || (record.kind === 'retrying' && record.errorCode === undefined);
}

function deadLetterQueueOf({ store }: Subject, { bus, rule = '', targetId }: FailureRecord): string | undefined {
  if (store.buses.get(bus) === undefined) return undefined;
  const target = store
    .rules(bus)
    .get(rule)
    ?.Targets.find(({ Id }) => Id === targetId);
  return target?.DeadLetterConfig?.Arn;
}

/** Lists the failures elsewhere and the retries that are due. */
function describeOtherFailures(subject: Subject): string[] {
  const failures: readonly EndedFailure[] = failuresOf(subject);
  const queues = new Set(
    failures.flatMap((record) => (record.kind === 'dead-lettered' ? [arnDisplayName(subject, record.queue)] : [])),
  );
  const lines = [
    ...(queues.size === 0 ? [] : [paragraph(`There are dead letters in ${[...queues].slice(0, 5).join(', ')}.`)]),
    ...(failures.length === 0 ? [] : [list(subject, failures)]),
  ];
  return [...lines, ...describeWaitingRetries(subject.inFlight.waiting)];
}
