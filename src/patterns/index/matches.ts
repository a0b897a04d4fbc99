/** The ids found for one event. An id may be found several times. */
export class Matches<Id> {
  #ids: Id[] | undefined;
  /** The positions of the ids among all ids, from the second one found on. */
  #ranks: number[] | undefined;
  #lastRank = -1;
  #ascending = true;

  /** `order` is the position of the id among all ids. */
  add(id: Id, rank: number): void {
    if (this.#ids === undefined) {
      this.#ids = [id];
    } else {
      this.#ranks ??= [this.#lastRank];
      if (rank <= this.#lastRank) this.#ascending = false;
      this.#ids.push(id);
      this.#ranks.push(rank);
    }
    this.#lastRank = rank;
  }

  /** Each id once, in the order of adding. */
  ids(): Id[] {
    if (this.#ids === undefined) return [];
    return this.#ascending ? this.#ids : inRankOrder(this.#ids, this.#ranks as number[]);
  }
}

/** Up to this many ids are sorted by insertion: they come in a few ascending runs. */
const maxInsertionSort = 64;

function inRankOrder<Id>(ids: Id[], ranks: number[]): Id[] {
  if (ids.length <= maxInsertionSort) insertionSort(ids, ranks);
  else sort(ids, ranks);
  let distinct = 0;
  for (let i = 0; i < ids.length; i++) {
    if (i > 0 && ranks[i] === ranks[i - 1]) continue;
    ids[distinct++] = ids[i] as Id;
  }
  ids.length = distinct;
  return ids;
}

function insertionSort<Id>(ids: Id[], ranks: number[]): void {
  for (let i = 1; i < ids.length; i++) {
    const id = ids[i] as Id;
    const rank = ranks[i] as number;
    let at = i;
    for (; at > 0 && (ranks[at - 1] as number) > rank; at--) {
      ids[at] = ids[at - 1] as Id;
      ranks[at] = ranks[at - 1] as number;
    }
    ids[at] = id;
    ranks[at] = rank;
  }
}

function sort<Id>(ids: Id[], ranks: number[]): void {
  const ranked = ids.map((id, i) => ({ id, rank: ranks[i] as number }));
  ranked.sort((a, b) => a.rank - b.rank);
  for (const [i, { id, rank }] of ranked.entries()) {
    ids[i] = id;
    ranks[i] = rank;
  }
}
