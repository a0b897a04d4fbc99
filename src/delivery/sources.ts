/** What causes deliveries bit by bit and needs no time for it, such as a replay. */
export interface Source {
  /** Says that it goes on. */
  step(): void;
  /** Says that it has come to its end. */
  end(): void;
}

/** The sources that are open. */
export class Sources {
  readonly #stepped: () => void;
  #size = 0;

  /** `stepped` is called with each step of each source. */
  constructor(stepped: () => void) {
    this.#stepped = stepped;
  }

  get size(): number {
    return this.#size;
  }

  open(): Source {
    this.#size++;
    this.#stepped();
    return {
      step: this.#stepped,
      end: () => {
        this.#size--;
        this.#stepped();
      },
    };
  }
}
