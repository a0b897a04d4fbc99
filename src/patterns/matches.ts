/** The ids that match an event, as they are found. */
export class Matches<Id> {
  readonly #ids: Id[] = [];
  readonly #orders: number[] = [];
  #ascending = true;

  /** `order` is the place of the id among all ids. An id may come several times. */
  push(id: Id, order: number): void {
    const last = this.#orders.length - 1;
    if (last >= 0 && order <= (this.#orders[last] as number)) this.#ascending = false;
    this.#ids.push(id);
    this.#orders.push(order);
  }

  /** Each once, in the order of the ids. */
  inOrder(): Id[] {
    if (this.#ascending) return this.#ids;
    const places = this.#orders.map((_, place) => place).sort((a, b) => this.#order(a) - this.#order(b));
    const distinct = places.filter(
      (place, i) => i === 0 || this.#order(place) !== this.#order(places[i - 1] as number),
    );
    return distinct.map((place) => this.#ids[place] as Id);
  }

  #order(place: number): number {
    return this.#orders[place] as number;
  }
}
