import type { Context } from "../context.js";
import type { RegistryEvent } from "../patients/events.js";
import { bind } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { submit } from "./submit.js";
import { type RelayOptions, type VerifiedStatement, verify } from "./verify.js";

/** `client.relay`: delivers what others signed, and pays for it. */
export interface RelayActions {
  /**
   * Delivers a signed statement, once it is verified; the events are what it changed.
   *
   * @throws InvalidStatementError, OtherDeploymentError, UnknownVerifierError, NothingToDeliverError, InvalidSignatureError
   * @throws DeadlinePassedError, StatementVoidError, NotSpeakerForError, TooMuchGasError, NoSignerError
   */
  submit: (statement: unknown, options?: RelayOptions) => Promise<WriteResult<RegistryEvent>>;
  /**
   * Tells whether a signed statement would have an effect, before anything is paid; throws what `submit` would throw.
   *
   * @throws InvalidStatementError, OtherDeploymentError, UnknownVerifierError, NothingToDeliverError, InvalidSignatureError
   */
  verify: (statement: unknown, options?: RelayOptions) => Promise<VerifiedStatement>;
}

/** The actions of `client.relay`, bound to a context. */
export function relayOf(context: Context): RelayActions {
  return {
    submit: bind(context, submit),
    verify: bind(context, verify),
  };
}
