/** Tells the story: headings, sentences, expectations, and a closing table of what each step took. */

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
    console.log(`   ${sentence}`);
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
    console.table(
      this.#steps.map(({ title, transactions, gas, milliseconds }) => ({
        step: title,
        transactions,
        gas: Number(gas),
        "time (ms)": Math.round(milliseconds),
      })),
    );
    for (const sentence of this.#broken) console.error(`Not so: ${sentence}`);
    console.log(`${this.#expectations - this.#broken.length} of ${this.#expectations} expectations held.`);
    return this.#broken.length === 0;
  }
}
