const start = /^/;

/**
 * The same text. One that was put together, as JSON.stringify does, is kept in its pieces, which take half as much again, until
 * something reads it through: this does, for a text that is kept for long.
 */
export function flatText(text: string): string {
  start.test(text);
  return text;
}
