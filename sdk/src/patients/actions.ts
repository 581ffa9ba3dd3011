import type { OfPatient } from "../consents/types.js";
import type { Context } from "../context.js";
import type { SignedStatementOf, SignOptions, StatementType } from "../signing/types.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { bind, bindStated, bindWrite, type Stated, type Write } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import {
  appointRepresentative,
  type AppointRepresentativeParams,
  appointRepresentativeRequest,
} from "./appointRepresentative.js";
import { cancelRecovery, type CancelRecoveryParams, cancelRecoveryRequest } from "./cancelRecovery.js";
import { completeRecovery, type CompleteRecoveryParams, completeRecoveryRequest } from "./completeRecovery.js";
import {
  createDependent,
  type CreateDependentParams,
  type CreatedDependent,
  createDependentRequest,
  type DependentRequest,
} from "./createDependent.js";
import { dependents, type ListedDependent } from "./dependents.js";
import {
  dismissRepresentative,
  type DismissRepresentativeParams,
  dismissRepresentativeRequest,
} from "./dismissRepresentative.js";
import type {
  ControlEvent,
  ControlTransferred,
  ExclusionsChanged,
  GuardiansChanged,
  RecoveryCancelled,
  RecoveryCompleted,
  RecoveryStarted,
  RepresentativeAppointed,
  RepresentativeDismissed,
} from "./events.js";
import { get, type PatientState } from "./get.js";
import { type ControlHistoryParams, history } from "./history.js";
import type { RecoveryProposal } from "./proposal.js";
import { proposeRecovery, type ProposeRecoveryParams } from "./proposeRecovery.js";
import { type ListedRepresentative, representatives } from "./representatives.js";
import { setExclusions, type SetExclusionsParams, setExclusionsRequest } from "./setExclusions.js";
import { setGuardians, type SetGuardiansParams, setGuardiansRequest } from "./setGuardians.js";
import { type AcceptControlParams, signAcceptControl } from "./signAcceptControl.js";
import { signAppointRepresentative } from "./signAppointRepresentative.js";
import { signApproveRecovery } from "./signApproveRecovery.js";
import { signCancelRecovery } from "./signCancelRecovery.js";
import { signCreateDependent } from "./signCreateDependent.js";
import { signDismissRepresentative } from "./signDismissRepresentative.js";
import { signSetExclusions } from "./signSetExclusions.js";
import { signSetGuardians } from "./signSetGuardians.js";
import { signTransferControl } from "./signTransferControl.js";
import { speaksFor, type SpeaksForParams } from "./speaksFor.js";
import { startRecovery, type StartRecoveryParams, startRecoveryRequest } from "./startRecovery.js";
import { transferControl, type TransferControlParams, transferControlRequest } from "./transferControl.js";

/** What can only be signed, because it goes along with something else. */
export interface Signable<Params, Type extends StatementType> {
  /** Signs a statement, as plain JSON, without sending anything. */
  sign: (params: Params, options?: SignOptions) => Promise<SignedStatementOf<Type>>;
}

/** A write that can be signed instead, and whose parameters can be left out. */
export interface StatedByDefault<
  Params,
  Result,
  Type extends StatementType,
  Built extends UnsignedTransaction = UnsignedTransaction,
> {
  (params?: Params): Promise<Result>;
  /** Builds the transaction, `{ to, data }`, without sending it. */
  request(params?: Params): Promise<Built>;
  /** Signs a statement, as plain JSON, without sending anything: `relay.submit` delivers it. */
  sign: (params?: Params, options?: SignOptions) => Promise<SignedStatementOf<Type>>;
}

/** `client.patients`: who speaks for a patient, and how a lost key is replaced. */
export interface PatientActions {
  /**
   * Puts another key in control, which has agreed. Never hand control back to an old key.
   *
   * @throws NotAcceptedByError, NotControllerOfError, InvalidControllerError, DeadlinePassedError, StatementVoidError
   * @throws InvalidSignatureError, UnknownVerifierError, OtherDeploymentError about the acceptance; NoSignerError
   */
  transferControl: Stated<TransferControlParams, WriteResult<ControlTransferred> & OfPatient, "TransferControl">;
  /**
   * Agrees, with a new key, to take control of a patient: `sign` it, and hand it to the present controller.
   *
   * @throws InvalidAddressError, NoSignerError
   */
  acceptControl: Signable<AcceptControlParams, "AcceptControl">;
  /**
   * Opens an identity for a child or another person in the signer's care; the result has its address.
   *
   * @throws DependentExistsError, InvalidParameterError, NoSignerError
   */
  createDependent: StatedByDefault<CreateDependentParams, CreatedDependent, "CreateDependent", DependentRequest>;
  /**
   * Lets another account grant and revoke, from a start to an end.
   *
   * @throws InvalidPeriodError, InvalidDateError, InvalidAddressError, NotControllerOfError, NoSignerError
   */
  appointRepresentative: Stated<
    AppointRepresentativeParams,
    WriteResult<RepresentativeAppointed> & OfPatient,
    "AppointRepresentative"
  >;
  /**
   * Ends an appointment, also one that was signed and not delivered; what the representative said stands.
   *
   * @throws InvalidAddressError, NotControllerOfError, NoSignerError
   */
  dismissRepresentative: Stated<
    DismissRepresentativeParams,
    WriteResult<RepresentativeDismissed> & OfPatient,
    "DismissRepresentative"
  >;
  /**
   * Sets the categories that break-glass never opens, in place of those before.
   *
   * @throws UnknownCodeError, InvalidParameterError, NotControllerOfError, NoSignerError
   */
  setExclusions: Stated<SetExclusionsParams, WriteResult<ExclusionsChanged> & OfPatient, "SetExclusions">;
  /**
   * Names guardians (`newGuardians`) who can replace a lost key, or nobody; those in office stay for their own delay.
   *
   * @throws InvalidDelayError, InvalidParameterError, NotControllerOfError, RecoveryUnderWayError, NoSignerError
   */
  setGuardians: Stated<SetGuardiansParams, WriteResult<GuardiansChanged> & OfPatient, "SetGuardians">;
  /**
   * Prepares a recovery, as plain JSON, that enough guardians then approve. Nothing is sent.
   *
   * @throws WrongGuardiansError, InvalidControllerError, RecoveryUnderWayError, InvalidParameterError
   */
  proposeRecovery: (params: ProposeRecoveryParams) => Promise<RecoveryProposal>;
  /**
   * Approves a proposal as a guardian: `sign` it, once it is sure that the new key is the patient's own.
   *
   * @throws WrongGuardiansError, ApprovalsCancelledError, DeadlinePassedError, InvalidStatementError, NoSignerError
   */
  approveRecovery: Signable<RecoveryProposal | string, "ApproveRecovery">;
  /**
   * Starts the delay after which the new key can take control. By anybody, with the approvals of enough guardians.
   *
   * @throws WrongGuardiansError, TooFewApprovalsError, NotGuardianError, ApprovalsCancelledError, RecoveryUnderWayError
   * @throws InvalidSignatureError, DeadlinePassedError, StatementVoidError, NoSignerError
   */
  startRecovery: Write<StartRecoveryParams, WriteResult<RecoveryStarted> & OfPatient>;
  /**
   * Cancels a recovery under way, and voids all approvals given until now.
   *
   * @throws NotControllerOfError, NoSignerError
   */
  cancelRecovery: StatedByDefault<CancelRecoveryParams, WriteResult<RecoveryCancelled> & OfPatient, "CancelRecovery">;
  /**
   * Puts the new key in control, when the recovery has waited. By anybody. Name new guardians after it.
   *
   * @throws NoRecoveryError, RecoveryNotReadyError, NoSignerError
   */
  completeRecovery: Write<CompleteRecoveryParams, WriteResult<RecoveryCompleted> & OfPatient>;
  /**
   * Looks up who controls a patient, what break-glass never opens, the guardians, and a recovery under way.
   *
   * @throws InvalidAddressError
   */
  get: (patient: string) => Promise<PatientState>;
  /**
   * Whether an account may grant and revoke for a patient now.
   *
   * @throws InvalidAddressError; NetworkError, TimeoutError: take them as a no
   */
  speaksFor: (params: SpeaksForParams) => Promise<boolean>;
  /**
   * Lists a patient's representatives, present and past, with where their appointments stand.
   *
   * @throws InvalidAddressError
   */
  representatives: (patient: string) => Promise<ListedRepresentative[]>;
  /**
   * Lists the dependents that an account opened identities for, with whoever controls them now.
   *
   * @throws InvalidAddressError
   */
  dependents: (parent: string) => Promise<ListedDependent[]>;
  /**
   * Lists everything that happened to the control of a patient, in the order of the chain.
   *
   * @throws InvalidAddressError, InvalidParameterError
   */
  history: (params: ControlHistoryParams) => Promise<ControlEvent[]>;
}

/** Binds the actions to the context of a client. */
export function patientsOf(context: Context): PatientActions {
  return {
    transferControl: bindStated(context, transferControl, transferControlRequest, signTransferControl),
    acceptControl: { sign: bind(context, signAcceptControl) },
    createDependent: bindStated(context, createDependent, createDependentRequest, signCreateDependent),
    appointRepresentative: bindStated(
      context,
      appointRepresentative,
      appointRepresentativeRequest,
      signAppointRepresentative,
    ),
    dismissRepresentative: bindStated(
      context,
      dismissRepresentative,
      dismissRepresentativeRequest,
      signDismissRepresentative,
    ),
    setExclusions: bindStated(context, setExclusions, setExclusionsRequest, signSetExclusions),
    setGuardians: bindStated(context, setGuardians, setGuardiansRequest, signSetGuardians),
    proposeRecovery: bind(context, proposeRecovery),
    approveRecovery: { sign: bind(context, signApproveRecovery) },
    startRecovery: bindWrite(context, startRecovery, startRecoveryRequest),
    cancelRecovery: bindStated(context, cancelRecovery, cancelRecoveryRequest, signCancelRecovery),
    completeRecovery: bindWrite(context, completeRecovery, completeRecoveryRequest),
    get: bind(context, get),
    speaksFor: bind(context, speaksFor),
    representatives: bind(context, representatives),
    dependents: bind(context, dependents),
    history: bind(context, history),
  };
}
