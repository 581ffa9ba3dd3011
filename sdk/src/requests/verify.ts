import type { Context } from "../context.js";
import { InvalidSignatureError } from "../errors/contract/control.js";
import { RequestNotOpenError } from "../errors/requests.js";
import type { ListedProvider } from "../providers/get.js";
import { isSigned } from "../signatures/isSigned.js";
import { accountOf } from "../signing/account.js";
import { requireDeployment } from "../signing/requireDeployment.js";
import { digestOf } from "../signing/typedData.js";
import { dateOfStamp, toDate } from "../values/dates.js";
import { parseRequest } from "./parse.js";
import { requireRequester } from "./requester.js";
import { typedDataOf } from "./typedData.js";
import type { AccessRequest, RequestMessage } from "./types.js";

/** A request that can be shown to the patient. */
export interface VerifiedRequest {
  request: AccessRequest;
  /** The provider that asks, as the directory lists it, with its name. */
  provider: ListedProvider;
  /** Who signed for it: the provider itself, or a member. */
  account: string;
}

/** How far the node may lag behind the one that was asked at the signing, in seconds. */
const LAG = 300n;

/**
 * Tells whether a request for access is what it says to be: made for this deployment, still open, signed by somebody who may
 * read in the name of the provider that asks, which is active in the directory. Show no other to a patient.
 *
 * @param input what `requests.create` returned, or its JSON
 * @returns the request, and who asks
 * @throws MalformedRequestError, UnknownCodeError, OtherDeploymentError, RequestNotOpenError
 * @throws InvalidSignatureError, UnknownVerifierError, RequesterNotActiveError, NotActingForError
 * @throws NetworkError, TimeoutError: take it as not verified
 * @example
 * const { request, provider } = await patient.requests.verify(patient.requests.fromLink(location.href));
 * console.log(`${provider.name} asks: ${request.message.reason}`);
 */
export async function verify(context: Context, input: unknown): Promise<VerifiedRequest> {
  const request = parseRequest(input);
  requireDeployment(context, request.domain);
  await requireOpen(context, request.message);
  const { signer, signature, message } = request;
  const account = accountOf(signer);
  const hash = digestOf(typedDataOf(request));
  if (!(await isSigned(context, { signer, hash, signature }))) throw new InvalidSignatureError({ account });
  return { request, provider: await requireRequester(context, message.grantee, account), account };
}

async function requireOpen({ transport }: Context, { issuedAt, deadline }: RequestMessage): Promise<void> {
  const now = BigInt((await transport.head()).timestamp);
  if (now <= BigInt(deadline) && BigInt(issuedAt) <= (now + LAG) * 1000n) return;
  throw new RequestNotOpenError(dateOfStamp(BigInt(issuedAt)), toDate(BigInt(deadline)));
}
