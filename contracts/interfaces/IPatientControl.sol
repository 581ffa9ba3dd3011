// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Appointment} from "../types/Appointment.sol";
import {Guardians, Guardianship, Recovery} from "../types/Guardianship.sol";
import {Approval, Signed} from "../types/Signed.sol";

/**
 * @title Who speaks for a patient
 * @notice A patient is an address that never changes; the key behind it may. Until changed, an address controls itself, so
 * that no registration is needed. Nobody but the patient's own keys, and the guardians whom they chose, can change control.
 *
 * | who              | may                                                                            | never                    |
 * | ---------------- | ------------------------------------------------------------------------------ | ------------------------ |
 * | the controller   | everything                                                                     |                          |
 * | a representative | grant and revoke, from its appointment's start to its end                      | touch control, exclusions, guardians |
 * | guardians        | together, start a recovery; it waits, and the controller can cancel            | anything else            |
 * | anybody          | deliver what was signed, complete a recovery that has waited                   |                          |
 *
 * Every function by which somebody speaks has a twin `...BySig` that anybody may call with that one's signature: of a plain
 * key, an EIP-7702 account, an ERC-1271 wallet, or, through an ERC-7913 verifier, a passkey. What is signed is EIP-712 typed
 * data (`Statements`); its stamp, `issuedAt`, must lie before the end of the block's second and after the last change of
 * control. What can widen something has a deadline too, at most seven days after the stamp; what only takes back has none.
 * A direct call is the present word. Of consents, refusals, appointments and exclusions the last word wins: a statement that is
 * delivered again, or after a later one about the same, changes nothing and does not fail. What takes effect but once
 * (control, dependents, recovery) fails when it is delivered again. Guardians take office by and by, so of theirs the order of
 * delivery counts: sign no second change before the first is delivered.
 */
interface IPatientControl {
    // Events: every word in full, so that the state can be rebuilt from them. `by` is who spoke: the caller, or the signer.

    /// @notice `controller` controls the patient; every signature stamped at or before `controlSince` (milliseconds) is void,
    /// every appointment has ended, a recovery under way is cancelled, and guardians not yet in office never will be.
    event ControlTransferred(address indexed patient, address indexed controller, uint48 controlSince, address by);

    /// @notice `parent` controls `dependent`, an address that nobody had.
    event DependentCreated(address indexed dependent, address indexed parent, bytes32 salt);

    /// @notice What the controller last said of a representative: an appointment, or, without an end, a dismissal.
    event RepresentativeChanged(
        address indexed patient,
        address indexed representative,
        Appointment appointment,
        address by
    );

    /// @notice Break-glass never opens these categories, nor what it opened of them before.
    event ExclusionsChanged(address indexed patient, uint64 categories, uint48 issuedAt, address by);

    /// @notice From `effectiveAt` on (unix seconds) the guardians of `commitment` are in office; 0: nobody is.
    event GuardiansChanged(
        address indexed patient,
        bytes32 commitment,
        uint32 delay,
        uint48 effectiveAt,
        uint48 issuedAt,
        address by
    );

    /// @notice A warning: unless the present controller cancels, `controller` can take over at `readyAt` (unix seconds).
    /// Guardians not yet in office never will be.
    event RecoveryStarted(
        address indexed patient,
        address indexed controller,
        uint48 readyAt,
        uint48 issuedAt,
        address by
    );

    /// @notice Approvals stamped at or before `cancelledAt` (milliseconds) are void, and a recovery that rests on such.
    event RecoveryCancelled(address indexed patient, uint48 cancelledAt, address by);

    /// @notice As `ControlTransferred`, by a recovery.
    event RecoveryCompleted(address indexed patient, address indexed controller, uint48 controlSince, address by);

    // Errors

    /// @notice `account` may not speak for `patient`; or, of a representative, signed before it was appointed.
    error NotSpeakerFor(address patient, address account);
    /// @notice `account` does not control `patient`.
    error NotControllerOf(address patient, address account);
    /// @notice The signature is not that of `account` over this statement, for this contract on this chain.
    error InvalidSignature(address account);
    /// @notice The stamp lies after the latest that is allowed now; the same call will do later. Milliseconds.
    error TooSoon(uint256 issuedAt, uint256 latest);
    /// @notice Control changed at or after the time of the statement; it must be made anew. Milliseconds.
    error StatementVoid(uint48 issuedAt, uint48 controlSince);
    /// @notice The deadline (unix seconds) is more than seven days after the stamp (milliseconds).
    error DeadlineTooFar(uint48 issuedAt, uint48 deadline);
    /// @notice The statement can't be delivered any more. Unix seconds.
    error DeadlinePassed(uint48 deadline);
    /// @notice Empty where it must not be, or with undefined bits.
    error InvalidCategories(uint64 categories);
    /// @notice The end is 0, or not after the start. Unix seconds.
    error InvalidPeriod(uint48 start, uint48 end);
    /// @notice Zero, or who controls the patient already.
    error InvalidController(address patient, address controller);
    /// @notice The acceptance is not signed by the one who is to control the patient.
    error NotAcceptedBy(address patient, address controller);
    /// @notice The parent used this salt before.
    error DependentExists(address dependent);
    /// @notice Zero.
    error InvalidRepresentative(address patient, address representative);
    /// @notice Between 1 and 30 days, in seconds; 0 if there are no guardians.
    error InvalidDelay(uint32 delay);
    /// @notice Guardians can't be replaced, nor another recovery be started, before this one is cancelled or completed.
    error RecoveryUnderWay(address patient);
    /// @notice There is nothing to complete.
    error NoRecovery(address patient);
    /// @notice It has to wait until `readyAt`, unix seconds.
    error RecoveryNotReady(address patient, uint48 readyAt);
    /// @notice These are not the guardians in office, or no approval would be needed; `commitment` is theirs.
    error WrongGuardians(address patient, bytes32 commitment);
    /// @notice Fewer than the guardians' threshold.
    error TooFewApprovals(uint256 approvals, uint256 threshold);
    /// @notice Approvals come in increasing order of their accounts, each once.
    error ApprovalsNotInOrder(address previous, address account);
    /// @notice `account` is none of the guardians.
    error NotGuardian(address account);
    /// @notice The controller cancelled these approvals; the guardians must approve anew. Milliseconds.
    error ApprovalsCancelled(uint48 issuedAt, uint48 cancelledAt);

    // Control

    /**
     * @notice Puts another key in control, which must have agreed; cancels a recovery. By the controller.
     * Never hand control back to an old key: whoever stole it is back, too. Guardians in office stay, so that a thief can't be
     * rid of them; if they are not yours, name your own at once, and cancel what they start until yours are in office.
     * @param deadline Of the acceptance. Unix seconds.
     * @param acceptance `AcceptControl`, signed by `controller`.
     */
    function transferControl(address patient, address controller, uint48 deadline, Signed calldata acceptance) external;

    /// @notice `transferControl` by the controller's signature over `TransferControl`, with the same deadline.
    function transferControlBySig(
        address patient,
        address controller,
        uint48 deadline,
        Signed calldata acceptance,
        Signed calldata signed
    ) external;

    /// @notice Opens an identity, `dependentOf(caller, salt)`, for a child or another person in the caller's care. The caller
    /// controls it until handing it over by `transferControl`.
    function createDependent(bytes32 salt) external returns (address dependent);

    /// @notice `createDependent` by the parent's signature over `CreateDependent`.
    function createDependentBySig(
        bytes32 salt,
        uint48 deadline,
        Signed calldata signed
    ) external returns (address dependent);

    // Representatives

    /// @notice Lets `representative` grant and revoke from `since` (inclusive) to `until` (exclusive), unix seconds, but not
    /// longer than control stays. Replaces what was said of it before. By the controller.
    function appointRepresentative(address patient, address representative, uint48 since, uint48 until) external;

    /// @notice `appointRepresentative` by the controller's signature over `AppointRepresentative`.
    function appointRepresentativeBySig(
        address patient,
        address representative,
        uint48 since,
        uint48 until,
        uint48 deadline,
        Signed calldata signed
    ) external;

    /// @notice Ends an appointment, or voids one that was signed and not delivered. What the representative said stands. By
    /// the controller.
    function dismissRepresentative(address patient, address representative) external;

    /// @notice `dismissRepresentative` by the controller's signature over `DismissRepresentative`. Has no deadline.
    function dismissRepresentativeBySig(address patient, address representative, Signed calldata signed) external;

    // What break-glass never opens

    /// @notice Replaces the categories that break-glass never opens, at once and also where the glass is broken already. All
    /// categories: it opens nothing. By the controller.
    function setExclusions(address patient, uint64 categories) external;

    /// @notice `setExclusions` by the controller's signature over `SetExclusions`. Of two with the same stamp, both exclude.
    function setExclusionsBySig(address patient, uint64 categories, uint48 deadline, Signed calldata signed) external;

    // Guardians

    /**
     * @notice Names guardians by a commitment, or, with 0 for both, nobody. Those in office stay for as long as their own
     * delay, so that a thief can't be rid of them at once. By the controller.
     * @param commitment `keccak256(abi.encode(keccak256("consentry.Guardians"), patient, guardians))`, `guardians` with a
     * secret salt of 256 bits.
     * @param delay How long a recovery waits. Seconds, 1 to 30 days.
     */
    function setGuardians(address patient, bytes32 commitment, uint32 delay) external;

    /// @notice `setGuardians` by the controller's signature over `SetGuardians`.
    function setGuardiansBySig(
        address patient,
        bytes32 commitment,
        uint32 delay,
        uint48 deadline,
        Signed calldata signed
    ) external;

    /**
     * @notice Starts the waiting time after which `controller` takes over. By anybody, with enough approvals of the guardians
     * in office, who become known by this. Guardians who were to follow them never will, and none can be named before it is cancelled
     * or completed: so a thief can't cancel every recovery until guardians of its own are in office.
     * @param issuedAt The stamp of all approvals. Milliseconds.
     * @param deadline Of all approvals. Unix seconds.
     * @param guardians What the commitment was made of.
     * @param approvals `ApproveRecovery`, each signed by a guardian, in increasing order of their accounts.
     */
    function startRecovery(
        address patient,
        address controller,
        uint48 issuedAt,
        uint48 deadline,
        Guardians calldata guardians,
        Approval[] calldata approvals
    ) external;

    /// @notice Cancels a recovery under way, and voids all approvals given until now. By the controller.
    function cancelRecovery(address patient) external;

    /// @notice Cancels approvals stamped up to the statement's own stamp, by the controller's signature over
    /// `CancelRecovery`. Has no deadline.
    function cancelRecoveryBySig(address patient, Signed calldata signed) external;

    /// @notice Puts the new key in control when the recovery has waited. By anybody.
    function completeRecovery(address patient) external;

    // Views

    /// @notice Who controls the patient.
    function controllerOf(address patient) external view returns (address);

    /// @notice Every grant stamped at or before it is dead. Milliseconds; 0 if the patient never revoked all.
    function voidBeforeOf(address patient) external view returns (uint48);

    /// @notice Every signature stamped at or before it is void. Milliseconds; 0 if control never changed.
    function controlSinceOf(address patient) external view returns (uint48);

    /// @notice Whether `account` can grant and revoke for the patient at this block's time: as the controller, or as a
    /// representative appointed since the last change of control.
    function speaksFor(address patient, address account) external view returns (bool);

    /// @notice What the controller last said of a representative, valid or not; zero if nothing.
    function appointmentOf(address patient, address representative) external view returns (Appointment);

    /// @notice The categories that break-glass never opens, and when the controller said so, in milliseconds.
    function exclusionsOf(address patient) external view returns (uint64 categories, uint48 issuedAt);

    /// @notice The guardians' commitments as stored; those who follow are in office once `nextAt` is reached.
    function guardiansOf(address patient) external view returns (Guardianship memory);

    /// @notice The recovery under way; all zero if there is none.
    function recoveryOf(address patient) external view returns (Recovery memory);

    /// @notice The account of an ERC-7913 signer: 20 bytes are the account itself; of a verifier and a key, the low 20 bytes of
    /// `keccak256(abi.encode(keccak256("consentry.Signer"), keccak256(signer)))`.
    function accountOf(bytes calldata signer) external pure returns (address);

    /// @notice The address of a dependent: the low 20 bytes of
    /// `keccak256(abi.encode(keccak256("consentry.Dependent"), parent, salt))`.
    function dependentOf(address parent, bytes32 salt) external pure returns (address);
}
