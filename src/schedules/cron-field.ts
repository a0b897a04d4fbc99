import { invalidSchedule } from './invalid-schedule.js';

/** One of the six fields: what it is called, and its values. */
export interface CronField {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** What `*` stands for, if not for all of them. */
  readonly star?: readonly [number, number];
  /** Other words for the values, from the first. */
  readonly words?: readonly string[];
  /** Whether a range may go on from the last value to the first: `FRI-MON`. */
  readonly wraps: boolean;
  /** Whether it takes `/`. */
  readonly steps: boolean;
  /** What else it takes, but not in a list; the end of a sentence. */
  readonly alone?: string;
}

const item = /^(?:(\*)|([^*/-]+)(?:-([^*/-]+))?)(?:\/(\d+))?$/;

/** The values of a list such as `1,10-20/5,*` in their order, each once. */
export function readList(field: CronField, text: string): readonly number[] {
  const values = new Set(text.split(',').flatMap((part) => readItem(field, part)));
  return [...values].sort((a, b) => a - b);
}

function readItem(field: CronField, text: string): number[] {
  const { name, first, last, star = [first, last] } = field;
  const [, all, from, to, by] = item.exec(text) ?? [];
  if ((all ?? from) === undefined || (by !== undefined && !field.steps)) throw notAnItem(field, text);
  const step = Number(by ?? 1);
  if (step < 1 || step > last) throw invalidSchedule(`${name}: the step of ${text} must be 1 to ${last}.`);
  const [start, end] =
    from === undefined ? star : readRange(field, from, to ?? (by === undefined ? from : String(last)));
  if (start > end && !field.wraps) throw invalidSchedule(`${name}: the range ${text} goes backwards.`);
  const round = start > end ? last - first + 1 : 0;
  const values: number[] = [];
  for (let value = start; value <= end + round; value += step) values.push(value > last ? value - round : value);
  return values;
}

function readRange(field: CronField, from: string, to: string): readonly [number, number] {
  return [readValue(field, from), readValue(field, to)];
}

/** A number or a word, alone. */
export function readValue(field: CronField, text: string): number {
  const { name, first, last, words = [], alone = '' } = field;
  const word = /^[a-z]{3}$/i.test(text) ? words.indexOf(text.toUpperCase()) : -1;
  const value = /^\d+$/.test(text) ? Number(text) : word < 0 ? Number.NaN : first + word;
  if (value >= first && value <= last) return value;
  const named = words.length === 0 ? '' : ` or ${words[0]} to ${words.at(-1)}`;
  throw invalidSchedule(`${name}: ${JSON.stringify(text)} is not ${first} to ${last}${named}${alone}.`);
}

function notAnItem({ name, first, last, steps, alone = '' }: CronField, text: string): Error {
  const forms = `a value, a range such as ${first}-${last}${steps ? ', a step such as */2' : ''} or *${alone}`;
  return invalidSchedule(`${name}: ${JSON.stringify(text)} is not ${forms}.`);
}
