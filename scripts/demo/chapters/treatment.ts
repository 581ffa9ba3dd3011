import { isDeepStrictEqual } from "node:util";
import { type ListedConsent, verifyStatement } from "@consentry/sdk";
import { consentFromFhir, consentToFhir, documentHash, evidenceOf, type ImportedGrant } from "@consentry/sdk/fhir";
import type { Consent } from "fhir/r4.js";
import { agree, type Agreement, show } from "../agreement.js";
import { GRANTED, LAST_DAY, type Scene } from "../scene.js";

/** The patient signs a FHIR Consent for the clinic, whose terms stand on the chain. */
export async function consentToRead(scene: Scene): Promise<void> {
  const { narrator, cast } = scene;
  const { clinic } = cast;
  const agreement = await agree(scene, {
    grantee: clinic.address,
    categories: GRANTED,
    purposes: ["TREAT"],
    actions: ["access"],
    until: LAST_DAY,
  });
  narrator.say("The patient reads and signs; the hospital delivers it and pays:");
  narrator.quote(agreement.message.statement.split("\n"));
  const word = await show(scene, agreement);
  await compare(scene, agreement, word);
  await findAgain(scene, agreement);
}

/** Sentence, document and terms say the same. */
async function compare({ narrator, cast }: Scene, { document, message }: Agreement, word: ListedConsent) {
  const { grantee, scope, terms } = word;
  if (terms === undefined) throw new Error("A refusal has no terms.");
  const { patient, document: hash } = message;
  const issuedAt = BigInt(message.issuedAt);
  const stated = { patient, grants: [{ grantee, scope: scope.id, terms }], issuedAt, document: hash };
  narrator.expect(verifyStatement(message.statement, stated), "The sentence says what the terms on the chain do.");
  const { chainId } = cast.patient.consentry;
  const written = consentToFhir(word, { chainId });
  narrator.expect(
    isDeepStrictEqual(await termsOf(written, chainId), await termsOf(document, chainId)),
    "The Consent that the SDK writes from the chain has the terms of the one that was signed.",
  );
}

/** From the evidence on the chain to the document, and proved by it. */
async function findAgain({ narrator, cast, documents }: Scene, { document, evidence }: Agreement): Promise<void> {
  const { patient, clinic } = cast;
  const [event] = await patient.consentry.consents.history({ patient: patient.address, grantee: clinic.address });
  const onChain = event?.type === "ConsentGranted" ? event.evidence : "";
  const kept = await documents.get(onChain);
  if (kept === undefined) throw new Error("The document is not kept under the chain's evidence.");
  const { statement, salt } = kept;
  narrator.expect(
    onChain === evidence && evidenceOf({ statement, document: documentHash(kept.document, salt) }) === onChain,
    `By the evidence on the chain, ${onChain.slice(0, 10)}…, the document is found again, and its hash fits.`,
  );
  const altered = { ...document, dateTime: "2020-01-01" };
  narrator.expect(
    evidenceOf({ statement, document: documentHash(altered, salt) }) !== onChain,
    "With another date in it, it would not.",
  );
}

async function termsOf(document: Consent, chainId: number): Promise<ImportedGrant[]> {
  const { grants } = await consentFromFhir([document], { chainId });
  return grants;
}
