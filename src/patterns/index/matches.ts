/** The ids found for one event. An id may be found several times. */
export class Matches<Id> {
  #ids: Id[] | undefined;
  /** The positions of the ids among all ids, from the second one found on. */
  #orders: number[] | undefined;
  #lastOrder = -1;
  #ascending = true;

  /** `order` is the position of the id among all ids. */
  found(id: Id, order: number): void {
    if (this.#ids === undefined) {
      this.#ids = [id];
    } else {
      this.#orders ??= [this.#lastOrder];
      if (order <= this.#lastOrder) this.#ascending = false;
      this.#ids.push(id);
      this.#orders.push(order);
    }
    this.#lastOrder = order;
  }

  /** Each id once, in the order of adding. */
  ids(): Id[] {
    if (this.#ids === undefined) return [];
    return this.#ascending ? this.#ids : inOrder(this.#ids, this.#orders as number[]);
  }
}

/** Up to this many ids are sorted by insertion: they come in a few ascending runs. */
const fewIds = 64;

function inOrder<Id>(ids: Id[], orders: number[]): Id[] {
  if (ids.length <= fewIds) insertInOrder(ids, orders);
  else sort(ids, orders);
  let distinct = 0;
  for (let i = 0; i < ids.length; i++) {
    if (i > 0 && orders[i] === orders[i - 1]) continue;
    ids[distinct++] = ids[i] as Id;
  }
  ids.length = distinct;
  return ids;
}

function insertInOrder<Id>(ids: Id[], orders: number[]): void {
  for (let i = 1; i < ids.length; i++) {
    const id = ids[i] as Id;
    const order = orders[i] as number;
    let at = i;
    for (; at > 0 && (orders[at - 1] as number) > order; at--) {
      ids[at] = ids[at - 1] as Id;
      orders[at] = orders[at - 1] as number;
    }
    ids[at] = id;
    orders[at] = order;
  }
}

function sort<Id>(ids: Id[], orders: number[]): void {
  const found = ids.map((id, i) => ({ id, order: orders[i] as number }));
  found.sort((a, b) => a.order - b.order);
  for (const [i, { id, order }] of found.entries()) {
    ids[i] = id;
    orders[i] = order;
  }
}
