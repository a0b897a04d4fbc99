/** What the API's model says about one value: its JSON type and its constraints. */
export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | TimestampShape
  | ListShape
  | MapShape
  | Structure
  | AnyShape;

export interface StringShape {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  /** The model's regular expression, which must hold for the whole text. */
  readonly pattern?: string;
  readonly values?: readonly string[];
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
  readonly required: readonly string[];
  /** Members the service prints although its public model does not have them. */
  readonly hidden: readonly string[];
}

/** A JSON object that Footbridge keeps as it is: parameters of targets that live elsewhere. */
export interface AnyShape {
  readonly kind: 'any';
}

export const boolean: BooleanShape = { kind: 'boolean' };
export const timestamp: TimestampShape = { kind: 'timestamp' };
export const any: AnyShape = { kind: 'any' };

export function string(min?: number, max?: number, pattern?: string): StringShape {
  return {
    kind: 'string',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

export function oneOf(...values: string[]): StringShape {
  return { kind: 'string', values };
}

export function integer(min: number, max: number): NumberShape {
  return { kind: 'integer', min, max };
}

export function list(of: Shape, min?: number, max?: number): ListShape {
  return { kind: 'list', of, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
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
    required: inOrder.flatMap((member) => (member.isRequired ? [member.name] : [])),
    hidden,
  };
}
