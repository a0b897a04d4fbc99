/**
 * A value whose type only the caller knows: what a detail holds is between its sender and its handler, and `unknown`
 * would make every handler cast.
 */
// biome-ignore lint/suspicious/noExplicitAny: this is the one place.
export type Anything = any;
