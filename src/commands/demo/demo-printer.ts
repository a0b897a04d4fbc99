import type { CommandIo, ExitCode } from '../command-io.js';
import { type Colors, createColors, formatJson, indent } from '../terminal.js';

const columns = 80;
const margin = 3;

/** Tells a story on the terminal, in numbered chapters, and checks that it goes as it says. */
export class DemoPrinter {
  readonly #io: CommandIo;
  readonly #paint: Colors;
  #chapters = 0;
  #kept = 0;
  #broken = 0;

  constructor(io: CommandIo) {
    this.#io = io;
    this.#paint = createColors(io.color);
  }

  /** The first lines. */
  title(title: string, ...more: readonly string[]): void {
    this.#io.write(`${[this.#paint.bold(title), ...more].join('\n')}\n`);
  }

  chapter(title: string): void {
    this.#chapters++;
    this.#io.write(`\n${this.#paint.bold(`${this.#chapters}  ${title}`)}\n`);
  }

  /** A label and the value below it, as JSON. */
  json(label: string, value: unknown): void {
    this.text(label, formatJson(value, columns - margin, this.#paint));
  }

  /** A label and the text below it. */
  text(label: string, text: string): void {
    this.#io.write(`\n${indent(this.#paint.dim(label), margin)}\n${indent(text, margin)}\n`);
  }

  /** A claim, and whether it holds. Several of them stand together. */
  checks(...claims: readonly (readonly [sentence: string, holds: boolean])[]): void {
    this.#io.write('\n');
    for (const [sentence, holds] of claims) {
      if (holds) this.#kept++;
      else this.#broken++;
      this.#io.write(indent(`${holds ? this.#paint.green('✓') : this.#paint.red('✗')} ${sentence}\n`, margin));
    }
  }

  /** The last line: how many of the claims held. */
  end(): ExitCode {
    const all = this.#kept + this.#broken;
    const line = `${this.#kept} of ${all} went as they should.`;
    this.#io.write(`\n${this.#broken === 0 ? this.#paint.green(line) : this.#paint.red(line)}\n`);
    return this.#broken === 0 ? 0 : 1;
  }
}
