import type { Context } from "../context.js";
import type { LogFilter } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { topicsOf } from "../writes/events.js";
import { WORD_EVENTS } from "./events.js";

/** Whose consents: of a patient, to a grantee, or both; everybody's if nothing is given. */
export interface OfParties {
  patient?: string | undefined;
  /** An address or `ANY_PROVIDER`. */
  grantee?: string | undefined;
}

/** The logs that write the words of a patient or to a grantee. */
export function wordFilter({ consents, deployment }: Context, parties: OfParties): LogFilter {
  const { address } = deployment.contracts.ConsentRegistry;
  return { address, topics: topicsOf(consents.interface, WORD_EVENTS, ...addressesOf(parties)) };
}

/** The logs of every `revokeAll` of a patient, or of everybody. */
export function revokeAllFilter({ consents, deployment }: Context, patient: string | undefined): LogFilter {
  const { address } = deployment.contracts.ConsentRegistry;
  return { address, topics: topicsOf(consents.interface, ["AllRevoked"], patient) };
}

/** The logs about consents of a patient or to a grantee, which every `revokeAll` of the patient is, too. */
export function consentFilters(context: Context, parties: OfParties): LogFilter[] {
  const words = wordFilter(context, parties);
  const [patient, grantee] = addressesOf(parties);
  if (grantee !== undefined) return [words, revokeAllFilter(context, patient)];
  return [{ ...words, topics: topicsOf(context.consents.interface, [...WORD_EVENTS, "AllRevoked"], patient) }];
}

function addressesOf({ patient, grantee }: OfParties): (string | undefined)[] {
  return [
    patient === undefined ? undefined : toAddress(patient, "patient"),
    grantee === undefined ? undefined : toAddress(grantee, "grantee"),
  ];
}
