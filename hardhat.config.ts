import "dotenv/config";
import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

const { resolve } = createRequire(import.meta.url);

const compiler = {
  version: "0.8.37",
  path: resolve("solc/soljson.js"),
  settings: {
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs: 10_000 },
    metadata: { bytecodeHash: "ipfs" },
  },
};

export default defineConfig({
  plugins: [toolbox],
  solidity: {
    profiles: { default: compiler, production: compiler },
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
  },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", hardfork: "prague" },
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
  },
  paths: {
    tests: { mocha: "test", solidity: "test/contracts" },
    ignition: ".",
  },
  typechain: { outDir: "sdk/src/generated/contracts" },
});
