import { id } from "ethers";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";

const ROLE = id("may read");

/** A role granted by its administrator; one that is held can't be changed, so that replacing is to grant it anew. */
export async function measureAccessControl(chain: Chain): Promise<Figures> {
  const { patient, clinic } = chain.suite.signers;
  const roles = await chain.connection.ethers.deployContract("PeerAccessControl", [patient.address]);
  const own = roles.connect(patient);
  return {
    grant: await chain.gasOf(() => own.grantRole(ROLE, clinic)),
    revoke: await chain.gasOf(() => own.revokeRole(ROLE, clinic)),
    replace: await chain.gasOf(() => own.grantRole(ROLE, clinic)),
    decide: await chain.executionOf(await roles.hasRole.populateTransaction(ROLE, clinic)),
  };
}
