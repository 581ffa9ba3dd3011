/** Compiles mutants: only the contracts that contain the file, and as fast as each of them lets itself be compiled. */
import { compilers } from "../../hardhat.config.js";
import { compile, errorsIn, type Settings } from "../solidity/compile.js";
import { importsOf, type Sources } from "../solidity/sources.js";

/** Creation code by contract. */
export type Codes = Record<string, string>;

const plain = { evmVersion: "cancun", metadata: { appendCBOR: false } };

/** From the fastest to the one that compiles everything. */
const WAYS: readonly Settings[] = [
  { ...plain, optimizer: { enabled: false } },
  { ...plain, optimizer: { enabled: false }, viaIR: true },
  { ...plain, optimizer: { enabled: true, runs: 1 }, viaIR: true },
];

/** The way of production, so that a mutant which it makes equal to the original shows. */
const PRODUCTION: Settings = { ...compilers.consentRegistry.settings, metadata: plain.metadata };

export class Uncompilable extends Error {}

export class MutantCompiler {
  readonly #sources: Sources;
  readonly #targets: readonly string[];
  /** Which way each contract was found to need. */
  readonly #ways = new Map<string, number>();
  /** The code that is deployed. */
  readonly #deployed = new Map<string, string>();

  /** @param targets the files of the contracts that the tests deploy */
  constructor(sources: Sources, targets: readonly string[]) {
    this.#sources = sources;
    this.#targets = targets;
  }

  /** The code of every contract that contains the file, with this text in its place. */
  compile(file: string, text: string): Codes {
    const codes: Codes = {};
    for (const target of this.targetsOf(file))
      codes[nameOf(target)] = this.#code(target, { ...this.#sources, [file]: text });
    return codes;
  }

  /** The code of every contract, as it stands. */
  originals(): Codes {
    return Object.fromEntries(this.#targets.map((target) => [nameOf(target), this.#code(target, this.#sources)]));
  }

  /** Whether the compiler makes the same code of both texts, with the settings of production. */
  isEquivalent(file: string, text: string): boolean {
    const mutated = { ...this.#sources, [file]: text };
    return this.targetsOf(file).every((target) => this.#production(target) === codeOf(target, mutated, PRODUCTION));
  }

  #production(target: string): string {
    const code = this.#deployed.get(target) ?? codeOf(target, this.#sources, PRODUCTION);
    this.#deployed.set(target, code);
    return code;
  }

  targetsOf(file: string): string[] {
    return this.#targets.filter((target) => this.#closure(target).has(file));
  }

  #closure(target: string, found = new Set<string>()): Set<string> {
    if (found.has(target)) return found;
    found.add(target);
    for (const next of importsOf(target, this.#sources[target] ?? "")) this.#closure(next, found);
    return found;
  }

  #code(target: string, sources: Sources): string {
    const known = this.#ways.get(target) ?? 0;
    for (const [i, settings] of WAYS.entries()) {
      if (i < known) continue;
      try {
        const code = codeOf(target, sources, settings);
        this.#ways.set(target, i);
        return code;
      } catch (error) {
        // Too many variables for this way, but perhaps not for the next.
        if (!/stack too deep|StackTooDeep|too deep/i.test(String(error)) || i === WAYS.length - 1) throw error;
      }
    }
    throw new Uncompilable(target);
  }
}

function codeOf(target: string, sources: Sources, settings: Settings): string {
  const name = nameOf(target);
  const output = compile(only(target, sources), {
    ...settings,
    outputSelection: { [target]: { [name]: ["evm.bytecode.object"] } },
  });
  const errors = errorsIn(output);
  const code = output.contracts?.[target]?.[name]?.evm.bytecode.object;
  if (errors.length > 0 || code === undefined) throw new Uncompilable(errors.join("\n"));
  return `0x${code}`;
}

/** The file and what it imports: everything else would be parsed for nothing. */
function only(target: string, sources: Sources): Sources {
  const chosen: Sources = {};
  const waiting = [target];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (chosen[file] !== undefined) continue;
    const text = sources[file] ?? "";
    chosen[file] = text;
    waiting.push(...importsOf(file, text));
  }
  return chosen;
}

function nameOf(target: string): string {
  return target.replace(/^.*\//, "").replace(/\.sol$/, "");
}
