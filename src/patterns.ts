export { type Difference, type Explanation, explainPattern } from './patterns/explain/explain-pattern.js';
export { RuleIndex } from './patterns/index/rule-index.js';
export { type ParsedPattern, type PatternIssue, parsePattern } from './patterns/language/parse-pattern.js';
export type {
  Clause,
  Conditions,
  EventPattern,
  Field,
  FieldValue,
  Matcher,
  NumericBound,
} from './patterns/language/pattern.js';
export type { PatternIssueCode } from './patterns/language/pattern-reader.js';
export { type CompiledPattern, compilePattern, testPattern } from './patterns/reference/compile-pattern.js';
