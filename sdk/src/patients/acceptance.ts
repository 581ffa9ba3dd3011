import type { Context } from "../context.js";
import { NotAcceptedByError } from "../errors/contract/control.js";
import { parseStatementOf } from "../signing/parseStatement.js";
import { signingAccount } from "../signing/requireDeployment.js";
import type { Acceptance } from "../signing/types.js";
import { isSameAddress } from "../values/address.js";

/** A transfer to which the new controller has agreed. */
export interface AcceptedTransfer {
  patient: string;
  controller: string;
  /** Of the acceptance, in unix seconds. */
  deadline: string;
  acceptance: Acceptance;
}

/**
 * Looks at an acceptance: whether the controller signed it, for this patient and this deployment.
 *
 * @throws InvalidStatementError, OtherDeploymentError, UnknownVerifierError, NotAcceptedByError, InvalidSignatureError
 */
export async function acceptedTransfer(
  context: Context,
  { patient, controller }: { patient: string; controller: string },
  input: unknown,
): Promise<AcceptedTransfer> {
  const statement = parseStatementOf("AcceptControl", input, "acceptance");
  const { message, signer, signature } = statement;
  const account = await signingAccount(context, statement);
  const pairs = [
    [message.patient, patient],
    [message.controller, controller],
    [account, controller],
  ] as const;
  if (!pairs.every(([said, meant]) => isSameAddress(said, meant)))
    throw new NotAcceptedByError({ patient, controller });
  return {
    patient,
    controller,
    deadline: message.deadline,
    acceptance: { issuedAt: message.issuedAt, signer, signature },
  };
}
