import { Ability, Kind } from "../../../test/contracts/words.js";
import type { Suite } from "../../../test/suite.js";
import { END } from "../terms.js";

/** Lists the providers, and a member of the clinic. */
export async function prepare({ providers, signers }: Suite): Promise<void> {
  const { consortium, accreditor, clinic, hospital, lab, member } = signers;
  await providers.connect(consortium).appointAccreditor(1, accreditor);
  for (const provider of [clinic, hospital, lab]) {
    await providers.connect(accreditor).register({
      provider,
      kind: Kind.Organization,
      capabilities: Ability.CONTRIBUTE,
      expiresAt: END,
      name: "A practice",
      endpoint: "https://fhir.example",
    });
  }
  await providers.connect(clinic).setMember(clinic, member, Ability.READ | Ability.CONTRIBUTE, END);
}
