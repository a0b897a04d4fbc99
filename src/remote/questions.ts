import { toJson } from './call-json.js';
import type { Session, Use } from './session.js';

/** What a bridge is asked that changes nothing: it is asked again when the connection was lost. */
export class Questions {
  readonly #use: Use;
  /** Of each that is under way. */
  readonly #open = new Set<AbortController>();

  constructor(use: Use) {
    this.#use = use;
  }

  /** Throws what the bridge threw, and the reason of the signal. */
  async ask<Answer>(verb: string, input: object, signal?: AbortSignal): Promise<Answer> {
    const body = toJson(input);
    const question = new AbortController();
    const over = signal === undefined ? question.signal : AbortSignal.any([signal, question.signal]);
    this.#open.add(question);
    let answer: unknown;
    try {
      answer = await unlessAborted(over, () => this.#askAgain((session) => session.post(verb, body, over)));
    } finally {
      this.#open.delete(question);
    }
    const { failure } = answer as { failure?: string };
    if (failure !== undefined) throw new Error(failure);
    return answer as Answer;
  }

  /** Rejects all that are under way. */
  end(reason: Error): void {
    for (const question of this.#open) question.abort(reason);
  }

  async #askAgain<Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await this.#use(work);
      } catch (error) {
        if ((error as Error | null)?.name !== 'ConnectionLostException') throw error;
      }
    }
  }
}

/** Also while there is no server that could be asked. */
function unlessAborted<Answer>(signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work().then(resolve, reject);
  });
}
