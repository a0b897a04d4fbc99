/** The members of an object that may be undefined have become optional. */
export type Defined<Item> = {
  [Key in keyof Item as undefined extends Item[Key] ? never : Key]: Item[Key];
} & {
  [Key in keyof Item as undefined extends Item[Key] ? Key : never]?: Exclude<Item[Key], undefined>;
};

/** A copy without the members that are undefined: answers have a member or have it not. */
export function defined<Item extends object>(item: Item): Defined<Item> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as Defined<Item>;
}
