import { indent } from '../../testing/layout.js';
import type { CommandIo, ExitCode } from '../command-io.js';
import { type Colors, createColors, formatJson } from '../terminal.js';

const columns = 80;
const margin = 3;

/** Prints the demo in numbered sections, and counts the checks that pass. */
export class DemoPrinter {
  readonly #io: CommandIo;
  readonly #colors: Colors;
  #sections = 0;
  #passed = 0;
  #failed = 0;

  constructor(io: CommandIo) {
    this.#io = io;
    this.#colors = createColors(io.color);
  }

  /** The first lines. */
  title(title: string, ...more: readonly string[]): void {
    this.#io.write(`${[this.#colors.bold(title), ...more].join('\n')}\n`);
  }

  section(title: string): void {
    this.#sections++;
    this.#io.write(`\n${this.#colors.bold(`${this.#sections}  ${title}`)}\n`);
  }

  /** A label and the value below it, as JSON. */
  json(label: string, value: unknown): void {
    this.text(label, formatJson(value, columns - margin, this.#colors));
  }

  /** A label and the text below it. */
  text(label: string, text: string): void {
    this.#io.write(`\n${indent(this.#colors.dim(label), margin)}\n${indent(text, margin)}\n`);
  }

  /** Prints statements with their results. */
  checks(...statements: readonly (readonly [sentence: string, isTrue: boolean])[]): void {
    this.#io.write('\n');
    for (const [sentence, isTrue] of statements) {
      if (isTrue) this.#passed++;
      else this.#failed++;
      this.#io.write(indent(`${isTrue ? this.#colors.green('✓') : this.#colors.red('✗')} ${sentence}\n`, margin));
    }
  }

  /** Prints how many statements are true. */
  end(): ExitCode {
    const all = this.#passed + this.#failed;
    const line = `${this.#passed} of ${all} checks passed.`;
    this.#io.write(`\n${this.#failed === 0 ? this.#colors.green(line) : this.#colors.red(line)}\n`);
    return this.#failed === 0 ? 0 : 1;
  }
}
