import { describeValue, isArray } from '../unknown-value.js';

/** Describes what is wrong with a JSON value at a path, in a sentence without a full stop; `undefined` if it has the shape. */
export type JsonShape = (value: unknown, place: string) => string | undefined;

/** Makes the shape of all values that a test accepts. */
export function shapeOf(isValid: (value: unknown) => boolean, expected: string): JsonShape {
  return (value, place) => {
    if (isValid(value)) return undefined;
    const actual = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describeValue(value);
    return `${place} must be ${expected}, but is ${actual}`;
  };
}

export const textShape = shapeOf((value) => typeof value === 'string', 'a string');
export const flagShape = shapeOf((value) => typeof value === 'boolean', 'true or false');
export const objectShape = shapeOf(isObject, 'an object');
export const countShape = shapeOf(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'a whole number, 0 or more',
);

export function oneOfShape(...values: string[]): JsonShape {
  return shapeOf((value) => values.includes(value as string), `one of ${values.join(', ')}`);
}

export function listShape(of: JsonShape): JsonShape {
  const isList = shapeOf(isArray, 'a list');
  return (value, place) =>
    isList(value, place) ?? first(value as unknown[], (item, index) => of(item, `${place}[${index}]`));
}

/** An object whose members all have one shape. */
export function mapShape(of: JsonShape): JsonShape {
  return (value, place) =>
    objectShape(value, place) ??
    first(Object.entries(value as object), ([name, member]) => of(member, `${place}.${name}`));
}

/** An object with certain members; others may be there too. */
export function membersShape(
  required: Readonly<Record<string, JsonShape>>,
  optional: Readonly<Record<string, JsonShape>> = {},
): JsonShape {
  const members = [
    ...Object.entries(required).map(([name, shape]) => ({ name, shape, isRequired: true })),
    ...Object.entries(optional).map(([name, shape]) => ({ name, shape, isRequired: false })),
  ];
  return (value, place) =>
    objectShape(value, place) ??
    first(members, ({ name, shape, isRequired }) => {
      const member = (value as Record<string, unknown>)[name];
      return member === undefined && !isRequired ? undefined : shape(member, `${place}.${name}`);
    });
}

/** An object of one of several kinds, told apart by its member `kind`. */
export function kindsShape(kinds: Readonly<Record<string, JsonShape>>): JsonShape {
  const kind = membersShape({ kind: oneOfShape(...Object.keys(kinds)) });
  return (value, place) => kind(value, place) ?? kinds[(value as { kind: string }).kind]?.(value, place);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isArray(value);
}

function first<Item>(
  items: readonly Item[],
  wrong: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const actual = wrong(item, index);
    if (actual !== undefined) return actual;
  }
  return undefined;
}
