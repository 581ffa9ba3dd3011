import { id } from "ethers";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { grantees } from "../terms.js";

const ROLE = 7n;
const SELECTOR = id("read()").slice(0, 10);

/** A role granted by its administrator, replaced with another delay; the decision is on a function of a contract. */
export async function measureAccessManager(chain: Chain): Promise<Figures> {
  const { patient, clinic, lab } = chain.suite.signers;
  const manager = await chain.connection.ethers.deployContract("AccessManager", [patient.address]);
  const own = manager.connect(patient);
  await own.setTargetFunctionRole(lab, [SELECTOR], ROLE);
  const hundred = grantees("grantee", 100).map((grantee) =>
    manager.interface.encodeFunctionData("grantRole", [ROLE, grantee, 0]),
  );
  return {
    grant: await chain.gasOf(() => own.grantRole(ROLE, clinic, 0)),
    grantBatch100PerItem: (await chain.gasOf(() => own.multicall(hundred))) / 100,
    decide: await chain.executionOf(await manager.canCall.populateTransaction(clinic, lab, SELECTOR)),
    replace: await chain.gasOf(() => own.grantRole(ROLE, clinic, 60)),
    revoke: await chain.gasOf(() => own.revokeRole(ROLE, clinic)),
  };
}
