/** What a ScheduleExpression says. Times are epoch milliseconds. */
export interface Schedule {
  /** The times at which it runs, all later than `after`, in order; `since` is when it was begun. */
  runs(since: number, after: number): Iterator<number, undefined>;
}
