import { allCategories, ANY_PROVIDER, connect, isSensitivity, newProgrammeId, newSalt } from "@consentry/sdk";
import { ConsentDocuments, documentHash, MemoryDocumentStore } from "@consentry/sdk/fhir";
import { MemoryPatientLinkStore, PatientLinks } from "@consentry/sdk/server";
import { expect } from "chai";
import { first, type Stage, UNTIL } from "./stage.js";

export const KINDS = allCategories().filter((category) => !isSensitivity(category));

const LABS = { categories: ["LABS", "VITALS"], purposes: ["TREAT"], actions: ["access"], until: UNTIL } as const;

/** The patient proves to the clinic's EHR that the address is theirs; the chain learns nothing of it. */
export async function link({ as, address, patient, ...stage }: Stage): Promise<void> {
  const { identifier } = first(stage, "Patient") as { identifier: { system: string; value: string }[] };
  const links = new PatientLinks(as.clinic, { audience: "https://ehr.example", store: new MemoryPatientLinkStore() });
  const challenge = await links.challenge(identifier[0]!, address);
  await links.confirm(await patient.links.sign(challenge, { from: "https://ehr.example" }));
}

/** Consents by every route: directly, signed and relayed, asked for, to everybody, in a programme. */
export async function consent(stage: Stage): Promise<void> {
  const { patient, signers } = stage;
  const [hospital, researcher] = [signers.hospital.address, signers.researcher.address];
  const collect = { categories: KINDS, purposes: ["TREAT"], actions: ["collect"], until: UNTIL } as const;
  await patient.consents.grant({
    grants: [hospital, signers.clinic.address].map((grantee) => ({ ...collect, grantee })),
  });
  await patient.consents.grant({ ...LABS, grantee: ANY_PROVIDER });
  await patient.consents.grant({ ...LABS, grantee: researcher, programme: newProgrammeId(), purposes: ["HRESCH"] });
  await relayGrant(stage, { ...LABS, grantee: signers.lab.address });
  await answerRequest(stage);
}

/** Signed by the patient, delivered by somebody else. */
export async function relayGrant(
  { as, patient, sentences, secrets }: Stage,
  terms: Parameters<Stage["patient"]["consents"]["grant"]["sign"]>[0],
): Promise<string> {
  const signed = await patient.consents.grant.sign(terms);
  const { statement } = signed.message;
  sentences.push(secrets.text(statement));
  for (const line of statement.split("\n")) secrets.text(line);
  await as.relayer.relay.submit(JSON.stringify(signed));
  return statement;
}

async function answerRequest({ as, patient, address, secrets, ...stage }: Stage): Promise<void> {
  const { code } = (first(stage, "Condition") ?? {}) as { code?: { text?: string; coding?: { display?: string }[] } };
  const reason = secrets.text(`To prepare an operation: ${code?.text ?? code?.coding?.[0]?.display}`);
  const asked = await as.clinic.requests.create({ ...LABS, patient: address, reason });
  secrets.salt(asked.message.id, "the id of a request");
  const { request } = await patient.requests.verify(JSON.stringify(asked));
  await patient.consents.grant(patient.requests.toGrant(request));
}

/** A FHIR Consent narrows what the clinic may see; the chain has the hash of it, with a salt. */
export async function narrow(stage: Stage): Promise<void> {
  const { deployment, patient, signers, secrets } = stage;
  const documents = new ConsentDocuments(new MemoryDocumentStore());
  const document = secrets.document(documentOf(stage));
  const salts = [newSalt(), newSalt()].map((salt) => secrets.salt(salt, "the salt of a Consent"));
  const grantee = signers.clinic.address;
  const purposes = ["HOPERAT"] as const;
  const evidence = await documents.keep({ document, salt: salts[0]! });
  await patient.consents.grant({ ...LABS, purposes, grantee, conditional: true, evidence });
  const hash = documentHash(document, salts[1]!);
  const statement = await relayGrant(stage, { ...LABS, purposes, grantee, conditional: true, document: hash });
  await documents.keep({ document, salt: salts[1]!, statement });
  const clinic = await connect({ runner: signers.clinic, deployment, documents });
  const question = { patient: stage.address, grantee, categories: LABS.categories, purpose: "HOPERAT" } as const;
  const decision = await clinic.consents.decide(question);
  expect((await decision.narrow!([])).permitted, "the document was found and proved").to.be.true;
}

/** The Consent as an EHR writes it: with the patient's own identifiers, name and birth date. */
function documentOf({ address, signers, ...stage }: Stage): object {
  const { id, identifier, name, birthDate } = first(stage, "Patient") as Record<string, unknown>;
  const did = (account: string) => ({ system: "urn:ietf:rfc:3986", value: `did:pkh:eip155:31337:${account}` });
  const role = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" }] };
  return {
    resourceType: "Consent",
    contained: [{ resourceType: "Patient", id, identifier, name, birthDate }],
    status: "active",
    scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "patient-privacy" }] },
    category: [{ coding: [{ system: "http://loinc.org", code: "59284-0" }] }],
    patient: { identifier: did(address), display: (name as { family: string }[])[0]!.family },
    dateTime: "2026-01-01",
    provision: {
      type: "permit",
      actor: [{ role, reference: { identifier: did(signers.clinic.address) } }],
      dataPeriod: { start: "2025-01-01", end: "2025-12-31" },
    },
  };
}

/** A refusal that arrives late, withdrawals of every kind, directly and signed. */
export async function withdraw({ as, patient, signers }: Stage): Promise<void> {
  const [grantee, clinic] = [signers.researcher.address, signers.clinic.address];
  const refusal = await patient.consents.revoke.sign({ grantee });
  const later = await patient.consents.grant.sign({ ...LABS, grantee, scope: "general" });
  for (const statement of [later, refusal]) await as.relayer.relay.submit(statement);
  await patient.consents.revoke({ grantee: clinic, purpose: "BTG" });
  await patient.consents.revoke({ grantee: clinic });
  await patient.consents.revokeAll();
  await as.relayer.relay.submit(await patient.consents.revokeAll.sign());
}
