/** What the API's model says about one value: its JSON type and its constraints. */
export type Shape = StringShape | NumberShape | BooleanShape | TimestampShape | ListShape | MapShape | Structure;

export interface StringShape {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  /** The model's regular expression, which must hold for the whole text. */
  readonly pattern?: string;
  /** The same language spelled so that matching it never backtracks. */
  readonly linearPattern?: string;
  readonly values?: readonly string[];
  /** Never shown, not even in the sentence that refuses it. */
  readonly isSecret?: boolean;
}

export interface NumberShape {
  readonly kind: 'integer';
  readonly min?: number;
  readonly max?: number;
}

export interface BooleanShape {
  readonly kind: 'boolean';
}

/** A Date, epoch seconds, or an RFC 3339 text; read as epoch seconds. */
export interface TimestampShape {
  readonly kind: 'timestamp';
}

export interface ListShape {
  readonly kind: 'list';
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly isSecret?: boolean;
}

/** An object used as a map of strings. */
export interface MapShape {
  readonly kind: 'map';
  readonly keys: StringShape;
  readonly values: StringShape;
  readonly max?: number;
}

export interface Member {
  readonly name: string;
  /** As the service spells it in a path: `eventBusName`. */
  readonly label: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

export interface Structure {
  readonly kind: 'structure';
  /** The name the service prints it with. */
  readonly name: string;
  readonly members: Readonly<Record<string, Shape>>;
  /** The members once more, as every input is walked through. */
  readonly inOrder: readonly Member[];
  /** Members the service prints although its public model does not have them. */
  readonly hidden: readonly string[];
}

export const boolean: BooleanShape = { kind: 'boolean' };
export const timestamp: TimestampShape = { kind: 'timestamp' };

export function string(min?: number, max?: number, pattern?: string, linearPattern?: string): StringShape {
  return {
    kind: 'string',
    ...range(min, max),
    ...(pattern === undefined ? {} : { pattern }),
    ...(linearPattern === undefined ? {} : { linearPattern }),
  };
}

export function oneOf(...values: string[]): StringShape {
  return { kind: 'string', values };
}

export function integer(min?: number, max?: number): NumberShape {
  return { kind: 'integer', ...range(min, max) };
}

export function list(of: Shape, min?: number, max?: number): ListShape {
  return { kind: 'list', of, ...range(min, max) };
}

export function map(keys: StringShape, values: StringShape, max?: number): MapShape {
  return { kind: 'map', keys, values, ...range(undefined, max) };
}

function range(min: number | undefined, max: number | undefined): { min?: number; max?: number } {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** A member whose name ends in `!` is required. */
export function structure(name: string, members: Record<string, Shape>, hidden: string[] = []): Structure {
  const inOrder = Object.entries(members).map(([key, shape]): Member => {
    const name = key.replace('!', '');
    return { name, label: name.charAt(0).toLowerCase() + name.slice(1), shape, isRequired: key.endsWith('!') };
  });
  return {
    kind: 'structure',
    name,
    members: Object.fromEntries(inOrder.map((member) => [member.name, member.shape])),
    inOrder,
    hidden,
  };
}

/** The inputs of operations, by the operations' names. */
export function requests<Name extends string>(
  members: Readonly<Record<Name, Record<string, Shape>>>,
): { readonly [Operation in Name]: Structure } {
  const entries = Object.entries<Record<string, Shape>>(members);
  return Object.fromEntries(entries.map(([name, of]) => [name, structure(`${name}Request`, of)])) as never;
}
