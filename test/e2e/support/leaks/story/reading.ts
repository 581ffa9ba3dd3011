import type { Stage } from "./stage.js";

/** What anybody can ask afterwards. */
export async function read(
  { as, address: patient, signers, spouseAddress }: Stage,
  records: readonly string[],
): Promise<void> {
  const { audit, consents, patients, providers, records: pointers } = as.stranger;
  const question = { patient, grantee: signers.clinic.address, categories: ["LABS"], purpose: "TREAT" } as const;
  await consents.explain(question);
  await consents.decideMany([question, { ...question, grantee: signers.lab.address }]);
  await consents.list({ patient });
  await consents.history({ patient });
  await patients.get(patient);
  await patients.history({ patient });
  await patients.speaksFor({ patient, account: spouseAddress });
  for (const record of records) await pointers.get(record);
  await pointers.decide({ grantee: signers.lab.address, record: records[1]!, purpose: "TREAT" });
  for (const { address } of [signers.lab, signers.clinic]) await providers.get(address);
  await audit.history({ patient });
  await audit.accountingOfDisclosures(patient);
}
