import type { EventMatcher } from '../../src/patterns/index/event-matcher.js';
import { SmallRuleIndex } from '../../src/patterns/index/small-rule-index.js';
import { RuleIndex } from '../../src/patterns.js';

/** The implementations of `EventMatcher`, all of which the same tests hold for. */
export const eventMatchers: readonly (readonly [string, <Id>() => EventMatcher<Id>])[] = [
  ['RuleIndex', () => new RuleIndex()],
  ['SmallRuleIndex', () => new SmallRuleIndex()],
];
