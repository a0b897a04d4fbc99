/** What an operation answers that has nothing to say. */
export type Nothing = Record<never, never>;
