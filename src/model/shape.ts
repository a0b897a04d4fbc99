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
  /** Never shown, not even in the message that rejects it. */
  readonly isSecret?: boolean;
  /** Of a string that violates both, the length is reported before the pattern. */
  readonly isLengthFirst?: boolean;
}

export interface NumberShape {
  readonly kind: 'integer';
  readonly min?: number;
  readonly max?: number;
  /** A number beyond 32 bits counts as the nearest that they hold; elsewhere it is rejected. */
  readonly isClamped?: boolean;
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

/** As captured for archives and permissions; for connections and API destinations the pattern was reported first. */
export function lengthFirst(shape: StringShape): StringShape {
  return { ...shape, isLengthFirst: true };
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

// What several resources have in common.

export const namePattern = '[\\.\\-_A-Za-z0-9]+';
const slashedNamePattern = '[/\\.\\-_A-Za-z0-9]+';
export const busArnPrefix = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?';

export const name64 = string(1, 64, namePattern);
export const busName = string(1, 256, slashedNamePattern);
export const busNameOrArn = string(1, 1600, busArnPrefix + slashedNamePattern);
export const arn = string(1, 1600);
export const busOrArchiveArn = lengthFirst(
  string(1, 1600, '^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$'),
);
export const eventPattern = string(undefined, 4096);
/** Of buses and rules, which may have more than one line. */
export const description = string(undefined, 512);
/** Of everything else: one line. */
export const lineDescription = string(undefined, 512, '.*');
export const kmsKey = string(undefined, 2048, '^[a-zA-Z0-9_\\-/:]*$');
export const page = { NextToken: string(1, 2048), Limit: integer(1, 100) };
/** Of connections and API destinations; that connections require base64 too is Footbridge's choice. */
export const base64Page = {
  ...page,
  NextToken: string(
    1,
    2048,
    '^(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{4}|[A-Za-z0-9+\\/]{3}=|[A-Za-z0-9+\\/]{2}={2})$',
  ),
};
export const tagKey = string(1, 128);
export const tags = list(structure('Tag', { 'Key!': tagKey, 'Value!': string(0, 256) }));
export const deadLetterConfig = structure('DeadLetterConfig', { Arn: arn });

// The parts of an HTTP request. Two of the service's patterns take time that is exponential in the length of a string that
// does not match. Messages print them; what runs is an equivalent pattern that takes linear time.

export const headerKey = string(0, 512, "^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$");
export const headerValue = string(
  0,
  512,
  '^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$',
  '\\t*[\\x20-\\x7E][\\t\\x20-\\x7E]*',
);
export const queryKey = string(0, 512, '[^\\x00-\\x1F\\x7F]+');
export const queryValue = string(0, 512, '[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+');
/** A user name, a password, a key. */
export const authText = string(
  1,
  512,
  '^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$',
  '\\t*[^\\x00-\\x1F:\\x7F][^\\x00-\\x08\\x0A-\\x1F:\\x7F]*',
);
export const httpsEndpoint = string(1, 2048, "^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$");
