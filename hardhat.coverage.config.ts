/** For `npm run coverage`: instrumented contracts stay away from the real ones. */
import { defineConfig } from "hardhat/config";
import config from "./hardhat.config.js";

export default defineConfig({
  ...config,
  paths: { ...config.paths, artifacts: "cache/coverage/artifacts", cache: "cache/coverage/cache" },
  typechain: { ...config.typechain, outDir: "cache/coverage/types" },
  // Which lines are run, a few runs tell.
  test: { solidity: { fuzz: { runs: 50 }, invariant: { runs: 20, depth: 50, failOnRevert: true } } },
  // A lens runs in `eth_call` only: test/contracts/lenses.test.ts compares it with the contracts.
  coverage: { skipFiles: ["contracts/mocks/**", "contracts/lenses/**"] },
});
