import { id } from "ethers";
import { placeOf, keyVoice, type Voice } from "../../../test/contracts/control/signing.js";
import { stated } from "../../../test/contracts/control/stated.js";
import { GENERAL, NONE, pack, type Terms } from "../../../test/contracts/words.js";
import type { Chain } from "../chain.js";
import { SIGNER } from "../chain.js";
import type { Figures } from "../operations.js";
import { grantees, usual, wider } from "../terms.js";

/** Consents signed by a plain key and delivered by another account. */
export async function measureSigned(chain: Chain): Promise<Figures> {
  const patient = keyVoice(SIGNER.privateKey);
  const [grantee, ...others] = grantees("signed grantee", 11) as [string, ...string[]];
  return {
    grantBySigNew: await chain.gasOf(await granting(chain, patient, [grantee], usual)),
    grantBySigReplacing: await chain.gasOf(await granting(chain, patient, [grantee], wider)),
    grantBySigBatch10PerItem: (await chain.gasOf(await granting(chain, patient, others, usual))) / others.length,
  };
}

/** Delivers what the voice grants of its own data to each grantee, signed now. */
export async function granting(chain: Chain, voice: Voice, to: readonly string[], terms: Partial<Terms>) {
  const { consents, signers } = chain.suite;
  const place = await placeOf(consents);
  const grants = to.map((grantee) => ({ grantee, scope: GENERAL, terms: pack(terms) }));
  const args = [voice.account, grants, id("I agree"), NONE];
  const { signed, deadline } = stated({ place }, voice, "grant", args, { issuedAt: chain.now * 1000n });
  const relayed = consents.connect(signers.relayer);
  return () => relayed.grantBySig(voice.account, grants, id("I agree"), NONE, deadline, signed);
}
