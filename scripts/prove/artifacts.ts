/** The proofs compiled, laid out as halmos expects it of forge. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compilers } from "../../hardhat.config.js";
import { OperatorError } from "../deployment/errors.js";
import { ROOT } from "../deployment/settings.js";
import { compile, errorsIn, type Output } from "../solidity/compile.js";
import { isOfPackage, readSources, solidityFilesIn } from "../solidity/sources.js";

const PARTS = ["abi", "metadata", "evm.bytecode", "evm.deployedBytecode", "evm.methodIdentifiers", "storageLayout"];

/** Compiles test/symbolic as the contracts are deployed, and writes the artifacts under `folder`. */
export function writeArtifacts(folder: string): void {
  const sources = readSources(ROOT, solidityFilesIn(ROOT, "test/symbolic"));
  const files = Object.keys(sources).filter((file) => !isOfPackage(file));
  const outputSelection = { "*": { "": ["ast"] }, ...Object.fromEntries(files.map((file) => [file, { "*": PARTS }])) };
  const output = compile(sources, { ...compilers.consentRegistry.settings, outputSelection });
  const errors = errorsIn(output);
  if (errors.length > 0) throw new OperatorError(`The proofs do not compile:\n${errors.join("\n")}`);
  rmSync(folder, { recursive: true, force: true });
  for (const file of files) writeFile(join(folder, basename(file)), file, output);
}

function writeFile(folder: string, file: string, { contracts = {}, sources }: Output): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, { abi, metadata, evm, ...rest }] of Object.entries(contracts[file] ?? {})) {
    const artifact = {
      ...rest,
      abi,
      metadata: JSON.parse(metadata) as unknown,
      bytecode: prefixed(evm.bytecode),
      deployedBytecode: prefixed(evm.deployedBytecode),
      methodIdentifiers: evm.methodIdentifiers,
      ...sources[file],
    };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(artifact));
  }
}

function prefixed<Bytecode extends { object: string }>(bytecode: Bytecode): Bytecode {
  return { ...bytecode, object: `0x${bytecode.object}` };
}
