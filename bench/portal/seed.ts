import type { Client, ConsentInput } from "@consentry/sdk";
import { getAddress, id } from "ethers";

const IN_ONE_TRANSACTION = 250;
const DAY = 24 * 3600 * 1000;

/** So many consents of a patient, each said so often that there are so many events. */
export async function seedConsents(patient: Client, consents: number, events: number): Promise<void> {
  for (let said = 0; said < events; said += IN_ONE_TRANSACTION) {
    const count = Math.min(IN_ONE_TRANSACTION, events - said);
    await patient.consents.grant({ grants: Array.from({ length: count }, (_, i) => consent((said + i) % consents)) });
  }
}

/** The consent of this number, to a grantee of its own. */
function consent(number: number): ConsentInput {
  return {
    grantee: getAddress(id(`grantee ${number}`).slice(0, 42)),
    categories: number % 2 === 0 ? ["LABS", "MEDICATIONS", "ALLERGIES"] : ["NOTES", "PSY", "IMAGING", "VITALS"],
    purposes: number % 3 === 0 ? ["HRESCH"] : ["TREAT"],
    actions: ["access"],
    until: new Date(Date.now() + (1 + (number % 700)) * DAY).toISOString().slice(0, 10),
  };
}
