/** Items in batches, in their order: each of at most so many, and smaller than so much in all unless it is one item. */
export function* inBatches<Item>(
  items: Iterable<Item>,
  sizeOf: (item: Item) => number,
  most: { readonly items: number; readonly below: number },
): Generator<Item[]> {
  let batch: Item[] = [];
  let size = 0;
  for (const item of items) {
    const added = sizeOf(item);
    if (batch.length === most.items || (batch.length > 0 && size + added >= most.below)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(item);
    size += added;
  }
  if (batch.length > 0) yield batch;
}
