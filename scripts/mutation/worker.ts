/** One process that tries mutants, one after the other, in its own copy of the repository. Started by pool.ts. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSources } from "../solidity/sources.js";
import { MutantCompiler, Uncompilable, type Codes } from "./compiler.js";
import { mutate, type Mutant } from "./mutants.js";
import { Tests } from "./tests.js";

export interface Verdict {
  status: "killed" | "survived" | "equivalent" | "uncompilable" | "error";
  /** The test that found it, or what went wrong. */
  by?: string;
}

/** What a worker is told at its start. */
export interface Order {
  root: string;
  targets: string[];
  tests: string[];
}

const { root, targets, tests: files } = JSON.parse(process.argv[2] ?? "") as Order;
process.env.NODE_ENV ??= "test";
process.env.HARDHAT_CONFIG = join(root, "hardhat.mutation.config.ts");

const compiler = new MutantCompiler(readSources(root, targets), targets);
const originals = compiler.originals();
install(originals);
const tests = await Tests.load(root, files);
const { failed } = await tests.run();
if (failed !== undefined) throw new Error(`The tests fail without any mutant: ${failed}`);

process.on("message", (mutant: Mutant) => {
  void attempt(mutant)
    .catch((error: unknown): Verdict => ({ status: "error", by: String(error) }))
    .then((verdict) => process.send?.(verdict));
});
process.send?.("ready");

async function attempt(mutant: Mutant): Promise<Verdict> {
  const text = mutate(readFileSync(join(root, mutant.file), "utf8"), mutant);
  try {
    install(compiler.compile(mutant.file, text));
  } catch (error) {
    if (error instanceof Uncompilable) return { status: "uncompilable" };
    throw error;
  }
  const run = await tests.run(mutant.contract);
  install(originals);
  if (run.failed === undefined) {
    return { status: compiler.isEquivalent(mutant.file, text) ? "equivalent" : "survived" };
  }
  return verify(run.failed);
}

/** The test must find the mutant and nothing else: it passes right afterwards without it. */
async function verify(title: string): Promise<Verdict> {
  const { failed, passed } = await tests.runOnly(title);
  if (failed === undefined && passed > 0) return { status: "killed", by: title };
  return { status: "error", by: `This test fails also without the mutant: ${title}` };
}

/** Puts code in the place of what Hardhat has compiled. */
function install(codes: Codes): void {
  for (const [name, bytecode] of Object.entries(codes)) {
    const path = join(root, "artifacts", "contracts", `${name}.sol`, `${name}.json`);
    const artifact = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...artifact, bytecode }));
  }
}
