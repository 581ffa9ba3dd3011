/** What goes on after the story of `npm start`, while validators are lost and come back. */
import { ANY_PROVIDER } from "@consentry/sdk";
import { newEncryptionKeyPair } from "@consentry/sdk/crypto";
import type { People } from "../start/story.js";

const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "until-revoked" } as const;

/** Narrower words, a withdrawal of everything, providers suspended, renewed, with a key. */
export async function goOn({ patient, mother, hospital, clinic, insurer, practice, council }: People): Promise<void> {
  const [first, second] = await patient.consentry.records.list({ patient: patient.address });
  if (first === undefined || second === undefined) throw new Error("The story has registered no records.");
  await patient.consentry.consents.grant({ ...LABS, grantee: clinic.address, record: first.record });
  await patient.consentry.consents.revoke({ record: second.record });
  await patient.consentry.consents.revoke({ grantee: insurer.address });
  await mother.consentry.consents.grant({ ...LABS, grantee: ANY_PROVIDER });
  await mother.consentry.consents.revokeAll();
  await mother.consentry.consents.grant({ ...LABS, grantee: practice.address });
  await council.consentry.providers.suspend({ provider: insurer.address });
  await council.consentry.providers.renew({ provider: practice.address, until: "2098-12-31" });
  const { publicKey } = await newEncryptionKeyPair();
  await hospital.consentry.providers.publishEncryptionKey({ key: publicKey });
  for (const { record } of [first, second]) await clinic.consentry.audit.access({ record, purpose: "TREAT" });
}

/** A little more. */
export async function goOnAgain({ patient, practice, clinic }: People): Promise<void> {
  await patient.consentry.consents.grant({ ...LABS, grantee: practice.address });
  const access = { patient: patient.address, categories: ["LABS"], purpose: "TREAT" } as const;
  await practice.consentry.audit.access(access);
  await clinic.consentry.audit.access(access);
}
