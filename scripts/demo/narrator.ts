/** Tells the story: headings, sentences, expectations, and a closing table of what each step took. */

/** The longest line that is told, in columns. */
const WIDTH = 100;

interface Step {
  title: string;
  gas: bigint;
  transactions: number;
  milliseconds: number;
}

/** What a write of the SDK or of a contract leaves behind. */
interface Spending {
  gasUsed: bigint;
}

export class Narrator {
  readonly #steps: Step[] = [];
  readonly #broken: string[] = [];
  #expectations = 0;

  /** One step of the story; what `play` spends is counted to it. */
  async step<Result>(title: string, play: () => Promise<Result>): Promise<Result> {
    console.log(`\n${this.#steps.length + 1}. ${title}`);
    const step: Step = { title, gas: 0n, transactions: 0, milliseconds: 0 };
    this.#steps.push(step);
    const start = performance.now();
    const result = await play();
    step.milliseconds = performance.now() - start;
    return result;
  }

  say(sentence: string): void {
    for (const [i, line] of wrapped(sentence, WIDTH - 5).entries()) console.log(`   ${i === 0 ? "" : "  "}${line}`);
  }

  /** What stands written somewhere, line by line. */
  quote(lines: readonly string[]): void {
    for (const line of lines) for (const part of wrapped(line, WIDTH - 5)) console.log(`   │ ${part}`.trimEnd());
  }

  /** Counts a write to the step that is under way. */
  spent<Write extends Spending>(write: Write): Write {
    const step = this.#steps.at(-1);
    if (step !== undefined) {
      step.gas += write.gasUsed;
      step.transactions += 1;
    }
    return write;
  }

  /** Says what is so, and remembers it if it should not be. */
  expect(holds: boolean, sentence: string): void {
    this.#expectations += 1;
    if (!holds) this.#broken.push(sentence);
    this.say(`${holds ? "✓" : "✗ NOT SO:"} ${sentence}`);
  }

  /** The closing table. Returns whether every expectation held. */
  close(): boolean {
    console.log("\nWhat it took\n");
    const rows = this.#steps.map(({ title, transactions, gas, milliseconds }, i) => {
      return [`${i + 1}. ${title}`, { transactions, gas: Number(gas), "time (ms)": Math.round(milliseconds) }] as const;
    });
    console.table(Object.fromEntries(rows));
    for (const sentence of this.#broken) console.error(`Not so: ${sentence}`);
    console.log(`${this.#expectations - this.#broken.length} of ${this.#expectations} expectations held.`);
    return this.#broken.length === 0;
  }
}

/** A sentence in lines, broken between words. */
function wrapped(sentence: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of sentence.split(/(?<=\S) (?=\S)/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
