import { newSalt, contentHash } from "@consentry/sdk";
import { newEncryptionKeyPair } from "@consentry/sdk/crypto";
import { id } from "ethers";
import { Ability } from "../../../../contracts/words.js";
import { networkHelpers, YEAR } from "../../../../sdk/setup.js";
import { first, type Stage, UNTIL } from "./stage.js";

/** Everything that can be said in the directory, about the laboratory of the record. */
export async function keepDirectory(stage: Stage): Promise<void> {
  const { as, signers, providers, published } = stage;
  const provider = signers.lab.address;
  const { name, endpoint } = published;
  const kind = "organization";
  await as.accreditor.providers.register({ provider, kind, until: UNTIL, name, endpoint });
  await describe(stage);
  await as.accreditor.providers.renew({ provider, until: "2097-12-31" });
  await as.accreditor.providers.suspend({ provider });
  await as.consortium.providers.reinstate({ provider });
  await as.accreditor.providers.revoke({ provider });
  await as.consortium.providers.reinstate({ provider });
  await publishKeys(stage);
  await delegate(stage);
  await providers.connect(signers.consortium).setEmergency(signers.clinic.address, true);
}

/** By the accreditor, of a credential only a salted hash. */
async function describe({ providers, signers, published, secrets, ...stage }: Stage): Promise<void> {
  const [lab, accreditor] = [signers.lab.address, providers.connect(signers.accreditor)];
  const { name, endpoint, identifier } = published;
  const credential = JSON.stringify(first(stage, "Practitioner") ?? first(stage, "Organization"));
  const salt = secrets.salt(newSalt(), "the salt of a credential");
  await accreditor.setCapabilities(lab, Ability.CONTRIBUTE);
  await accreditor.setEntry(lab, name, `${endpoint}/fhir`);
  await accreditor.publishCredential(lab, contentHash(credential, salt));
  await accreditor.setIdentifier(lab, id(identifier));
  const consortium = providers.connect(signers.consortium);
  await consortium.moveIdentifier(id(identifier), signers.researcher.address);
  await consortium.moveIdentifier(id(identifier), lab);
}

async function publishKeys({ as }: Stage): Promise<void> {
  for (const { providers } of [as.lab, as.clinic, as.hospital]) {
    const { publicKey } = await newEncryptionKeyPair();
    await providers.publishEncryptionKey({ key: publicKey });
  }
}

/** The clinic has a member who does everything for it; its own key is off for a moment. */
async function delegate({ as, providers, signers }: Stage): Promise<void> {
  const { clinic, member, consortium } = signers;
  const until = (await networkHelpers.time.latest()) + YEAR;
  const abilities = ["read", "contribute", "emergency", "audit", "manage"] as const;
  await as.clinic.providers.setMember({ member: member.address, abilities, until });
  await providers.connect(member).setOwnKey(clinic.address, true);
  await providers.connect(consortium).restoreOwnKey(clinic.address);
}
