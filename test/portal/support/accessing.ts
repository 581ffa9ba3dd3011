import { type Category, type DecisionName, newRecordId, type Purpose } from "@consentry/sdk";
import { id } from "ethers";
import type { Page } from "playwright-core";
import type { World } from "./world.js";

const DAY = 24 * 3600 * 1000;

/** The index of the patient's account. */
export const PATIENT = 3;

/** A day from now on, as YYYY-MM-DD. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** What the story leaves out: several consents to one provider, a document, records, a programme, all providers. */
export async function sayMore({ people }: World): Promise<{ hidden: string; record: string }> {
  const { patient, clinic, insurer, hospital } = people;
  const { consents } = patient.consentry;
  const [hidden, record] = [newRecordId(hospital.address), newRecordId(hospital.address)];
  const programme = `0x04${id("study").slice(4)}`;
  const access = { actions: ["access"] } as const;
  await consents.grant({
    grants: [
      { ...access, grantee: clinic.address, categories: ["VITALS", "PSY"], purposes: ["HRESCH"], until: inDays(10) },
      { ...access, grantee: clinic.address, categories: ["GENOMICS"], purposes: ["TREAT"], record, until: inDays(400) },
      {
        ...access,
        grantee: insurer.address,
        categories: ["IMAGING"],
        purposes: ["HRESCH"],
        programme,
        until: inDays(400),
      },
    ],
  });
  await consents.grant({
    ...access,
    grantee: insurer.address,
    categories: ["PROCEDURES"],
    purposes: ["TREAT"],
    until: "until-revoked",
    conditional: true,
    evidence: id("document"),
  });
  await consents.revoke({ grantee: clinic.address, record: hidden });
  return { hidden, record };
}

/** What the chain decides about one category, or about a record. */
export async function decided(
  { people }: World,
  grantee: string,
  category: Category,
  more: { purpose?: Purpose; record?: string } = {},
): Promise<DecisionName> {
  const { record, purpose = "TREAT" } = more;
  const question = { patient: people.patient.address, grantee, categories: [category], purpose } as const;
  const { decision } = await people.clinic.consentry.consents.decide({
    ...question,
    ...(record !== undefined && { record }),
  });
  return decision;
}

/** The page's answer in one cell of the picture. */
export async function cell(page: Page, grantee: string, category: Category): Promise<string | null> {
  const shown = page.locator(`tr[data-category="${category}"] td[data-grantee="${grantee}"]`);
  return (await shown.count()) === 0 ? "no" : shown.getAttribute("data-seen");
}
