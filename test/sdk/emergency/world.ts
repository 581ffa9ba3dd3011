import { type Category, connect, type Deployment, InvalidParameterError } from "@consentry/sdk";
import { type EmergencyActions, emergencyOf } from "@consentry/sdk/emergency";
import { connection, expectError, fixtures, networkHelpers } from "../setup.js";
import type { Signers } from "../../suite.js";

export const REASON = "Unconscious after an accident";

/** How long the glass stays broken, and how often it can be in a row: the settings of the tests' suite. */
export const WINDOW = 4 * 3600;
export const BURST = 20;

/** The clinic may break the glass; everybody has the actions of an emergency. */
export async function equipped() {
  const world = await fixtures.equipped();
  const { as, signers } = world;
  const [patient, clinic] = [signers.patient.address, signers.clinic.address];
  const emergency = Object.fromEntries(
    Object.entries(as).map(([name, client]) => [name, emergencyOf(client)]),
  ) as Record<keyof Signers, EmergencyActions>;
  const breakGlass = (...categories: Category[]) => {
    return emergency.clinic.breakGlass({ patient, categories, reason: REASON });
  };
  const decide = (category: Category = "LABS") => {
    return as.clinic.consents.decide({ patient, grantee: clinic, categories: [category], purpose: "BTG" });
  };
  return { ...world, patient, clinic, emergency, breakGlass, decide };
}

/** Sees to it that parameters are refused, and which of them. */
export function expectInvalid(promise: PromiseLike<unknown>, parameter: string): Promise<void> {
  return expectError(promise, InvalidParameterError, { parameter });
}

/** The next block is of this second. */
export function nextAt(date: Date): Promise<void> {
  return networkHelpers.time.setNextBlockTimestamp(date.getTime() / 1000);
}

/** A wallet that sends nothing and says that it was this transaction. */
export async function emergencyThrough(
  account: string,
  deployment: Deployment,
  hash: string,
): Promise<EmergencyActions> {
  const answers: Record<string, unknown> = { eth_requestAccounts: [account], eth_sendTransaction: hash };
  const request = ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    if (method in answers) return Promise.resolve(answers[method]);
    return connection.provider.request({ method, params: params as unknown[] });
  };
  return emergencyOf(await connect({ runner: { request }, deployment }));
}
