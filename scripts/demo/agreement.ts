import { type ConsentInput, type ListedConsent, newSalt, type SignedStatementOf } from "@consentry/sdk";
import { ConsentDocuments, consentFromFhir, consentToFhir, documentHash } from "@consentry/sdk/fhir";
import type { Consent, ConsentProvision } from "fhir/r4.js";
import type { Scene } from "./scene.js";
import { sideBySide } from "./sideBySide.js";

/** What the patient signed. */
export interface Agreement {
  /** The FHIR Consent. */
  document: Consent;
  /** What was signed, with the sentence that stood on the screen. */
  message: SignedStatementOf<"Grants">["message"];
  /** What the chain is to have as evidence: computed from document, salt and sentence. */
  evidence: string;
}

/**
 * What the patient chose becomes a FHIR Consent, the Consent becomes terms, the patient signs both, the hospital delivers and
 * keeps them.
 *
 * @param condition what the chain can't say, and the document does
 */
export async function agree(scene: Scene, chosen: ConsentInput, condition: ConsentProvision = {}): Promise<Agreement> {
  const { narrator, cast, documents } = scene;
  const { patient, hospital } = cast;
  const document = await fillIn(scene, chosen, condition);
  const { chainId } = patient.consentry;
  const { grants, needsReview } = await consentFromFhir([document], { chainId });
  narrator.expect(needsReview.length === 0 && grants.length === 1, "The Consent compiles to one grant.");
  const salt = newSalt();
  const signed = await patient.consentry.consents.grant.sign({ grants, document: documentHash(document, salt) });
  narrator.spent(await hospital.consentry.relay.submit(signed));
  const { message } = signed;
  const evidence = await new ConsentDocuments(documents).keep({ document, salt, statement: message.statement });
  return { document, message, evidence };
}

/** Prints the terms that now stand on the chain next to the document. */
export async function show({ narrator, cast }: Scene, { document, message }: Agreement): Promise<ListedConsent> {
  const { patient } = message;
  const word = (await cast.patient.consentry.consents.list({ patient })).at(-1);
  if (word === undefined) throw new Error("The consent is not on the chain.");
  const names = new Map(Object.values(cast).map(({ address, name }) => [address.toLowerCase(), name]));
  narrator.say("The terms on the chain, and the FHIR Consent that was signed with them:");
  narrator.quote(sideBySide(word, document, (address) => names.get(address.toLowerCase()) ?? address));
  return word;
}

/** The Consent of what would stand on the chain. */
async function fillIn({ cast }: Scene, chosen: ConsentInput, condition: ConsentProvision): Promise<Consent> {
  const { address: patient, consentry } = cast.patient;
  const { grantee, categories } = chosen;
  const questions = chosen.purposes.map((purpose) => ({ patient, grantee, categories, purpose }));
  const { changes } = await consentry.consents.simulate({ grant: chosen, questions });
  const [change] = changes;
  if (change === undefined) throw new Error("What the patient chose changes nothing.");
  const { scope, after } = change;
  const consent = consentToFhir({ patient, grantee, scope, terms: after.terms }, { chainId: consentry.chainId });
  return { ...consent, provision: { ...consent.provision, ...condition } };
}
