import { ZeroAddress } from "ethers";
import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type IdentifierMoved } from "./events.js";
import { type ProviderIdentifier, toIdentifierHash } from "./identifier.js";

/** Who is to have an identifier. */
export interface MoveIdentifierParams {
  identifier: ProviderIdentifier;
  /** Listed, in whatever standing; null: nobody is to have it. */
  provider: string | null;
}

/**
 * Moves an identifier from the provider that has it to another one without, or takes it away. By the consortium.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerExpiredError where it waits; AccessManagedUnauthorizedError
 * @throws IdentifierUnknownError, IdentifierExistsError, ProviderUnknownError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * const identifier = { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" };
 * await governance.moveIdentifier.announce({ identifier, provider });
 * // Once the delay is over:
 * await governance.moveIdentifier({ identifier, provider });
 */
export async function moveIdentifier(
  context: Context,
  params: MoveIdentifierParams,
): Promise<WriteResult<IdentifierMoved>> {
  return send(context, await moveIdentifierRequest(context, params), (logs) =>
    eventsOf(context, logs, "IdentifierMoved"),
  );
}

/** Builds the transaction of {@link moveIdentifier} without sending it. */
export async function moveIdentifierRequest(
  context: Context,
  params: MoveIdentifierParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["identifier", "provider"]);
  const provider = params.provider === null ? ZeroAddress : toAddress(params.provider, "provider");
  const identifier = toIdentifierHash(params.identifier);
  return unsigned(directoryOf(context).moveIdentifier.populateTransaction(identifier, provider));
}
