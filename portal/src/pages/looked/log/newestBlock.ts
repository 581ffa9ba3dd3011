import type { Client } from "@consentry/sdk";

/** The number of the newest block, as a decision about nothing but the patient's own data names it. */
export async function newestBlock({ consents }: Client, patient: string): Promise<number> {
  const question = { patient, grantee: patient, categories: ["LABS"], purpose: "PATRQT" } as const;
  return (await consents.decide(question)).blockNumber;
}
