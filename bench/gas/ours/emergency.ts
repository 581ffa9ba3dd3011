import { id } from "ethers";
import { categories } from "../../../test/contracts/codes.js";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";

/** The first break-glass of an organization, by its own key. */
export async function measureEmergency(chain: Chain): Promise<Figures> {
  const { consents, providers, signers } = chain.suite;
  const { consortium, hospital, otherPatient } = signers;
  await providers.connect(consortium).setEmergency(hospital, true);
  const asked = categories("LABS", "MEDICATIONS", "PROBLEMS", "ALLERGIES");
  const own = consents.connect(hospital);
  return { breakGlass: await chain.gasOf(() => own.breakGlass(hospital, otherPatient, asked, id("a reason"))) };
}
