import type { Stack, StackRule } from '../templates/deploy/stack.js';
import { count } from '../testing/layout.js';
import { isLikeRule } from './explain-rules.js';

/** What the texts need of a stack. */
export type ServedStack = Pick<Stack, 'rules' | 'skipped'>;

export const nothingServed: ServedStack = { rules: [], skipped: [] };

/** `2 rules on default, orders; added: Chat; removed: Slack`, the changes only if it is said what was before. */
export function servedText({ rules }: ServedStack = nothingServed, before?: ServedStack): string {
  const buses = [...new Set(rules.map(({ bus }) => bus))];
  const where = buses.length === 0 ? '' : ` on ${buses.join(', ')}`;
  const changes =
    before === undefined
      ? []
      : [['added', missingIn(rules, before.rules)] as const, ['removed', missingIn(before.rules, rules)] as const];
  const told = changes.filter(([, names]) => names.length > 0).map(([what, names]) => `; ${what}: ${names.join(', ')}`);
  return `${count(rules.length, 'rule')}${where}${told.join('')}`;
}

/** A line for each rule that is skipped, and was not before. */
export function skippedText({ skipped }: ServedStack = nothingServed, before: ServedStack): readonly string[] {
  return skipped
    .filter(isLikeRule)
    .filter(
      ({ logicalId, reason }) =>
        !before.skipped.some((other) => other.logicalId === logicalId && other.reason === reason),
    )
    .map(({ logicalId, names, reason }) => `${names[0] ?? logicalId} is skipped: ${reason}`);
}

function missingIn(some: readonly StackRule[], others: readonly StackRule[]): readonly string[] {
  return some
    .filter(({ name, bus }) => !others.some((other) => other.name === name && other.bus === bus))
    .map(({ names, logicalId }) => names[0] ?? logicalId);
}
