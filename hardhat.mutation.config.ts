/** For `npm run mutate`: mutants are compiled without optimizer, and may be larger than a chain allows. */
import { defineConfig } from "hardhat/config";
import config from "./hardhat.config.js";

export default defineConfig({
  ...config,
  networks: {
    default: { type: "edr-simulated", chainType: "l1", hardfork: "prague", allowUnlimitedContractSize: true },
  },
});
