import "dotenv/config";
import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

// Nothing about a hospital's machines is told to anybody.
process.env.HARDHAT_DISABLE_TELEMETRY ??= "true";

const { resolve } = createRequire(import.meta.url);

const compiler = (runs: number) => ({
  version: "0.8.37",
  path: resolve("solc/soljson.js"),
  settings: {
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs },
    metadata: { bytecodeHash: "ipfs" },
  },
});

export const compilers = {
  // With fewer runs the compiler saves bytes by computing what an address is masked with, ever more often as a contract grows,
  // and every decision pays for it.
  default: compiler(100_000),
  // As many runs as fit into the 24,576 bytes that a contract may have (EIP-170).
  consentRegistry: compiler(3_500),
  consentRegistrySuccessor: compiler(20),
};

const compilation = {
  compilers: [compilers.default],
  overrides: {
    "contracts/ConsentRegistry.sol": compilers.consentRegistry,
    "contracts/ConsentRegistrySuccessor.sol": compilers.consentRegistrySuccessor,
  },
};

// An empty line of .env says nothing.
const SETTINGS = [
  ...["NETWORK_NAME", "CHAIN_ID", "RPC_URL", "DEPLOYER_KEY", "DEPLOYER_ADDRESS"],
  ...["CONSENTRY_FUZZ_RUNS", "CONSENTRY_INVARIANT_RUNS", "CONSENTRY_INVARIANT_DEPTH", "CONSENTRY_FUZZ_SEED"],
];
for (const name of SETTINGS) {
  if (process.env[name] === "") Reflect.deleteProperty(process.env, name);
}
const { NETWORK_NAME = "production", CHAIN_ID = "", DEPLOYER_ADDRESS, CONSENTRY_FUZZ_SEED } = process.env;

/** A number that a variable of the environment gives, or the usual one. */
const number = (name: string, usual: number) => Number(process.env[name] ?? usual);

export default defineConfig({
  plugins: [toolbox],
  solidity: {
    profiles: { default: compilation, production: compilation },
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol",
      "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol",
    ],
  },
  networks: {
    // The one of .env.
    [NETWORK_NAME]: {
      type: "http",
      chainType: "l1",
      url: configVariable("RPC_URL"),
      // DEPLOYER_ADDRESS is an account of a signer behind RPC_URL.
      accounts: DEPLOYER_ADDRESS === undefined ? [configVariable("DEPLOYER_KEY")] : "remote",
      ...(/^[1-9]\d*$/.test(CHAIN_ID) && { chainId: Number(CHAIN_ID) }),
    },
    default: { type: "edr-simulated", chainType: "l1", hardfork: "prague" },
    // The chain of `npm run node`.
    node: { type: "edr-simulated", chainType: "l1", hardfork: "prague" },
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
  },
  // A proof-of-authority chain is final with its first block.
  ignition: { requiredConfirmations: 1, blockPollingInterval: 250 },
  // docs/properties.md tells what is tested, and how to test more of it.
  test: {
    solidity: {
      fuzz: { runs: number("CONSENTRY_FUZZ_RUNS", 1000), ...(CONSENTRY_FUZZ_SEED && { seed: CONSENTRY_FUZZ_SEED }) },
      invariant: {
        runs: number("CONSENTRY_INVARIANT_RUNS", 1000),
        depth: number("CONSENTRY_INVARIANT_DEPTH", 50),
        failOnRevert: true,
      },
    },
  },
  paths: {
    tests: { mocha: "test", solidity: "test/contracts" },
    ignition: ".",
  },
  // Typechain imports ethers' `Provider` wherever that word occurs, used or not.
  typechain: { outDir: "sdk/src/generated/contracts", tsNocheck: true },
});
