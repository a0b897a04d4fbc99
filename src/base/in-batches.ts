/** A list in batches, in its order: each of at most so many items, and smaller than so much in all unless it is one item. */
export function inBatches<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  most: { readonly items: number; readonly below: number },
): Item[][] {
  const batches: Item[][] = [];
  let size = 0;
  for (const item of items) {
    const added = sizeOf(item);
    const last = batches.at(-1);
    if (last === undefined || last.length === most.items || size + added >= most.below) {
      batches.push([item]);
      size = added;
    } else {
      last.push(item);
      size += added;
    }
  }
  return batches;
}
