/** Code and roles are as `npm run verify` wants them. */
import { Chain } from "../../deployment/chain.js";
import { inspect } from "../../verification/inspect.js";
import { knownBuild } from "../knownBuild.js";
import type { ChainLook, Check, Finding } from "../types.js";

export const deployment: Check<ChainLook> = {
  name: "contracts and roles",
  // It reads all that the AccessManager was ever told.
  holds: 600,
  run: async ({ main, settings }) => {
    const request = ({ method, params = [] }: { method: string; params?: readonly unknown[] | object }) =>
      main.ask<unknown>(method, ...(params as readonly unknown[]));
    const found = await inspect(new Chain({ request }), settings.record, settings.others, knownBuild);
    const text = found.length === 0 ? "as recorded, and as this repository builds" : `${found.length} differences`;
    return {
      facts: [["deployment", text]],
      findings: found.map(({ sentence }): Finding => ({ severity: "critical", sentence })),
      samples: [{ metric: "consentry_deployment_differences", value: found.length }],
    };
  },
};
