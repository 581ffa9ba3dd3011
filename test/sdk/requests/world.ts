import type { AccessRequest, RequestInput, StatementSigner, TypedData } from "@consentry/sdk";
import { TypedDataEncoder } from "ethers";
import type { Voice } from "../../contracts/control/signing.js";
import { fixtures } from "../setup.js";

export const ASKED = {
  categories: ["MEDICATIONS", "LABS"],
  purposes: ["TREAT"],
  actions: ["access"],
  until: "2098-12-31",
  reason: "To prepare your operation",
} as const satisfies RequestInput;

/** The clinic, which is active, can ask the patient. */
export async function asking() {
  const world = await fixtures.accredited();
  const ask = (more: object = {}, options?: object) => world.as.clinic.requests.create({ ...ASKED, ...more }, options);
  return { ...world, ask };
}

export type Asking = Awaited<ReturnType<typeof asking>>;

/** Whoever signs hashes, as one that signs requests. */
export function by({ signer, sign }: Voice): StatementSigner {
  return {
    signer: () => Promise.resolve(signer),
    sign: ({ domain, types, message }: TypedData) =>
      Promise.resolve(sign(TypedDataEncoder.hash(domain, types, message))),
  };
}

/** What a queue, a file or a QR code makes of a request, with changes to its message. */
export function altered(request: AccessRequest, message: object = {}, more: object = {}): AccessRequest {
  return JSON.parse(
    JSON.stringify({ ...request, ...more, message: { ...request.message, ...message } }),
  ) as AccessRequest;
}
