import { type Handle, makeHandle } from '../base/disposable.js';
import type { Bridge } from '../bridge/bridge.js';
import { inspect } from '../bridge/inspection.js';
import { type FailureRecord, isAsserted, isOwnDoing } from './asserted-failures.js';
import { describeFailures, recipientOf } from './describe-failures.js';
import { paragraph } from './layout.js';
import { nameInArn } from './recipient-name.js';

const kinds = ['failed', 'dead-lettered', 'function-error'] as const;

/**
 * Watches a bridge for failures. The answer says which of them nobody has asserted or observed. `deadLettersOnly` leaves the
 * others to the bridge.
 */
export function watchFailures(bridge: Bridge, deadLettersOnly: boolean): () => string | undefined {
  const failures: FailureRecord[] = [];
  const accepted = new Map<string, string>();
  /** Those of the test that observe now, with the kind they observe. */
  const observers = new Map<Handle, string>();
  const looked = new Set<string>();
  const { observe, queue } = bridge;
  observe('accepted', ({ bus, eventId, time }) => accepted.set(`${bus} ${eventId}`, time));
  for (const kind of deadLettersOnly ? (['dead-lettered'] as const) : kinds) {
    observe(kind, (record) => {
      if (![...observers.values()].includes(kind) && !isOwnDoing(record) && !isUnhandled(record)) failures.push(record);
    });
  }
  bridge.observe = (kind, observer) => {
    const observing = observe(kind, observer);
    const handle = makeHandle(() => {
      observing.dispose();
      observers.delete(handle);
    });
    observers.set(handle, kind);
    return handle;
  };
  bridge.queue = (arnOrName) => {
    const found = queue(arnOrName);
    looked.add(found.arn);
    return found;
  };
  return () => {
    const { history } = inspect(bridge) ?? { history: bridge.history };
    const left = failures.filter((record) => {
      return !isAsserted(history, record) && !(record.kind === 'dead-lettered' && looked.has(record.queue));
    });
    return left.length === 0 ? undefined : describe(left, accepted);
  };
}

/** That nothing handles an ARN is for another option. */
function isUnhandled(record: FailureRecord): boolean {
  return record.kind !== 'function-error' && record.errorCode === 'NO_RESOURCE' && record.error === undefined;
}

function describe(failures: readonly FailureRecord[], accepted: ReadonlyMap<string, string>): string {
  const queues = new Set(
    failures.flatMap((record) => (record.kind === 'dead-lettered' ? [nameInArn(record.queue)] : [])),
  );
  const assertions = [
    ...Array.from(queues, (name) => `\`toHaveDeadLetters(${JSON.stringify(name)})\``),
    ...new Set(failures.flatMap(assertionFor)),
  ].slice(0, 3);
  return [
    `Unobserved failures in bridge (${failures.length})`,
    describeFailures(failures, ({ bus, eventId }) => accepted.get(`${bus} ${eventId}`)),
    paragraph(`Assert it with ${assertions.join(', ')}, or set \`onFailedDelivery: 'ignore'\`.`),
  ].join('\n\n');
}

/** A function that threw has been delivered to all the same. */
function assertionFor(record: FailureRecord): string[] {
  if (record.kind === 'dead-lettered') return [];
  return record.kind === 'failed'
    ? [`\`not.toHaveDeliveredTo(${JSON.stringify(recipientOf(record))})\``]
    : ['`not.toHaveNoFailures()`'];
}
