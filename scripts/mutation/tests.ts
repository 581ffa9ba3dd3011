/** The contract tests, loaded once and run again and again in one process. */
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import Mocha from "mocha";

class Silent extends Mocha.reporters.Base {
  override epilogue(): void {
    // The verdict says all.
  }
}

export interface Run {
  /** The full title of the first test that failed, if one did. */
  failed?: string;
  passed: number;
}

/** What the tests' chain.ts exports, as far as it is used here. */
interface Chain {
  ethers: { provider: { send: (method: string, params: unknown[]) => Promise<unknown> } };
  networkHelpers: { clearSnapshots: () => void };
}

export class Tests {
  readonly #mocha: Mocha;
  readonly #chain: Chain;
  /** How often tests of a file have found a mutant. */
  readonly #kills = new Map<string, number>();
  readonly #times = new Map<string, number>();

  private constructor(mocha: Mocha, chain: Chain) {
    this.#mocha = mocha;
    this.#chain = chain;
  }

  static async load(root: string, files: readonly string[]): Promise<Tests> {
    const mocha = new Mocha({ bail: true, timeout: 40_000, reporter: Silent });
    mocha.cleanReferencesAfterRun(false);
    for (const file of files) mocha.addFile(join(root, file));
    await mocha.loadFilesAsync();
    // On a busy machine a time limit would find mutants that no test does. The pool has one for all tests together.
    mocha.suite.eachTest((test) => test.timeout(0));
    const chain = (await import(pathToFileURL(join(root, "test/contracts/chain.ts")).href)) as Chain;
    return new Tests(mocha, chain);
  }

  /** Runs the tests up to the first that fails, those that have most to do with the contract first. */
  async run(contract = ""): Promise<Run> {
    this.#sort(contract);
    return this.#inFreshChain(() => this.#start());
  }

  /** Runs one test alone. */
  async runOnly(title: string): Promise<Run> {
    this.#mocha.fgrep(title);
    try {
      return await this.#inFreshChain(() => this.#start());
    } finally {
      this.#mocha.grep(/(?:)/);
    }
  }

  async #inFreshChain<Result>(action: () => Promise<Result>): Promise<Result> {
    const { ethers, networkHelpers } = this.#chain;
    const snapshot = await ethers.provider.send("evm_snapshot", []);
    // Fixtures of the code before would come back otherwise.
    networkHelpers.clearSnapshots();
    try {
      return await action();
    } finally {
      networkHelpers.clearSnapshots();
      await ethers.provider.send("evm_setAutomine", [true]);
      await ethers.provider.send("evm_revert", [snapshot]);
    }
  }

  #start(): Promise<Run> {
    return new Promise((resolve) => {
      const run: Run = { passed: 0 };
      const runner = this.#mocha.run(() => resolve(run));
      runner.on("pass", (test) => {
        run.passed += 1;
        const file = test.file ?? "";
        this.#times.set(file, (this.#times.get(file) ?? 0) + (test.duration ?? 0));
      });
      runner.on("fail", (test) => {
        // A hook that fails fails the test that it prepares.
        run.failed ??= (test.ctx?.currentTest ?? test).fullTitle();
        this.#kills.set(test.file ?? "", (this.#kills.get(test.file ?? "") ?? 0) + 1);
      });
    });
  }

  #sort(contract: string): void {
    const rank = ({ file = "" }: Mocha.Suite) => [
      basename(file).startsWith(`${contract}.`) ? 0 : 1,
      -(this.#kills.get(file) ?? 0),
      this.#times.get(file) ?? 0,
    ];
    this.#mocha.suite.suites.sort((one, other) => compare(rank(one), rank(other)));
  }
}

function compare(one: readonly number[], other: readonly number[]): number {
  const i = one.findIndex((value, at) => value !== other[at]);
  return (one[i] ?? 0) - (other[i] ?? 0);
}
