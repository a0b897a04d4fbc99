export { type CompiledPattern, compilePattern } from './patterns/compile-pattern.js';
export { type Difference, type Explanation, explainPattern } from './patterns/explain-pattern.js';
export type { PatternIssueCode } from './patterns/invalid-pattern.js';
export { type ParsedPattern, type PatternIssue, parsePattern } from './patterns/parse-pattern.js';
export type * from './patterns/pattern.js';
export { RuleIndex } from './patterns/rule-index.js';
export { testPattern } from './patterns/test-pattern.js';
