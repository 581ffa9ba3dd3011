// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision, Outcome} from "../types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../types/Scope.sol";
import {Signed} from "../types/Signed.sol";
import {Terms} from "../types/Terms.sol";
import {IPatientControl} from "./IPatientControl.sol";
import {IProviderRegistry} from "./IProviderRegistry.sol";

/**
 * @title Who may see what, for which purpose, until when
 * @notice Nothing is allowed unless a live consent says so, and one storage slot holds a consent:
 * patient, grantee, scope -> `Terms`. There is no owner, no pause and no upgrade: no administrator can grant a consent, keep
 * one alive or hinder a withdrawal. docs/model.md tells how a decision is made.
 *
 * The patient's last word wins. Every word carries the time at which it was said, its *stamp*, in milliseconds. Let N be
 * `block.timestamp * 1000 + 999`. A direct call is the present word, so it is always written, and stamped with the greatest of
 * N, `voidBefore` + 1 (what is granted after a `revokeAll` stands) and the stamp of the word that it replaces. A signed word
 * is stamped with the time of its signature. It is written if it is newer than what stands in its place (as new: if it is the
 * smaller number, so that a refusal beats a grant); otherwise it is skipped, without an event and without failing. So what
 * stands does not depend on the order in which signed words are delivered, nor on how often.
 *
 * A refusal in the GENERAL scope ends every grant to the grantee said before it (and, once a GENERAL grant takes its place,
 * in its very second); what is granted later stands. No GENERAL grant revives what such a refusal ended, not even where the
 * refusal arrives later than the grant: the registry lets the grant start in the refusal's second, and narrower grants
 * stamped in or before the second of its start are dead, to this grantee also those of ANY_PROVIDER. A GENERAL grant is
 * therefore stated without a start; what is to start later takes a narrower scope.
 */
interface IConsentRegistry is IPatientControl {
    /// @notice One consent as the patient states it. `terms` come without a stamp.
    struct Grant {
        /// An address, or ANY_PROVIDER.
        address grantee;
        Scope scope;
        Terms terms;
    }

    /// @notice Which word is taken back.
    struct Revocation {
        address grantee;
        Scope scope;
    }

    /// @notice A question: may `grantee` do `action` with data of these categories, for `purpose`?
    struct Request {
        address patient;
        address grantee;
        /// The record in question, or zero.
        RecordId record;
        /// The programme in which it is asked, or zero.
        ProgrammeId programme;
        /// Exactly one bit.
        uint32 purpose;
        /// Every category of the data; all must be covered.
        uint64 categories;
        /// Exactly one bit.
        uint8 action;
    }

    // Events: the words of a patient in full, so that the state can be rebuilt from them.

    /// @notice `terms` is the stored word with its stamp; `evidence` is what `grant` was given.
    event ConsentGranted(
        address indexed patient,
        address indexed grantee,
        Scope indexed scope,
        Terms terms,
        bytes32 evidence,
        address by
    );

    /// @notice `issuedAt` is the stamp of the stored refusal, in milliseconds.
    event ConsentRevoked(
        address indexed patient,
        address indexed grantee,
        Scope indexed scope,
        uint48 issuedAt,
        address by
    );

    /// @notice Every grant stamped at or before `voidBefore` (milliseconds) is dead.
    event AllRevoked(address indexed patient, uint48 voidBefore, address by);

    /// @notice A GENERAL refusal, older than the consent in that place, was delivered: `terms` is that consent, which now starts
    /// in the refusal's second.
    event ConsentRestarted(address indexed patient, address indexed grantee, Terms terms, address by);

    /// @notice `terms` stands in the scope EMERGENCY; `by` acted for the provider, and hashed its reason.
    event GlassBroken(address indexed patient, address indexed provider, Terms terms, bytes32 reasonHash, address by);

    // Errors

    /// @notice Zero, or the patient itself.
    error InvalidGrantee(address patient, address grantee);
    /// @notice Empty, or with undefined bits.
    error InvalidPurposes(uint32 purposes);
    /// @notice Empty, or with undefined bits.
    error InvalidActions(uint8 actions);
    /// @notice With undefined bits.
    error InvalidFlags(uint8 flags);
    /// @notice Break-glass is not the patient's to grant in advance.
    error BreakGlassNotGrantable(uint32 purposes);
    /// @notice Only break-glass opens anything in the scope EMERGENCY; the patient can refuse there.
    error EmergencyNotGrantable(address grantee);
    /// @notice An unknown kind, trailing bits, or a programme's scope for ANY_PROVIDER, which no decision reads.
    error InvalidScope(address grantee, Scope scope);
    /// @notice The purposes leave the family that the scope names.
    error PurposesOutsideFamily(Scope scope, uint32 purposes);
    /// @notice A GENERAL consent starts at once; what is to start later takes the scope of a purpose family. Unix seconds.
    error StartNotGrantable(address grantee, uint48 notBefore);
    /// @notice The end is not in the future. Unix seconds.
    error AlreadyExpired(uint48 expiresAt, uint48 blockTime);
    /// @notice Conditional terms without a document: nobody could know the condition. Of a direct grant, without evidence;
    /// whether that contains a document only those can tell who have it.
    error ConditionalWithoutDocument(address grantee, Scope scope);
    /// @notice The terms must come without a stamp: a direct grant has that of its block, a signed one its statement's.
    error UnexpectedStamp(uint48 issuedAt);
    /// @notice None of the settings can be 0, nor the window be longer than 7 days. Seconds, number, seconds.
    error InvalidEmergencySettings(uint48 window, uint32 burst, uint48 refill);
    /// @notice `provider` is not active, lacks the capability, or does not let `caller` use it.
    error NotEmpoweredFor(address caller, address provider, uint8 capability);
    /// @notice The patient excluded all these categories from break-glass.
    error ExcludedFromBreakGlass(address patient, uint64 categories);
    /// @notice The patient ended it or refused it; it can be opened again from `waitsUntil` on, in milliseconds.
    error EndedByPatient(uint256 waitsUntil);
    /// @notice The organization broke the glass too often of late; see `emergenciesLeft`.
    error TooManyEmergencies(address provider);

    // The patient's word

    /**
     * @notice Sets or replaces consents. By whoever speaks for `patient`. What repeats a word of the same block in full
     * changes nothing and emits nothing, not even other evidence.
     * @param grants Each replaces what the patient said before to that grantee in that scope, and nothing else.
     * @param evidence `keccak256(abi.encode(keccak256(bytes(statement)), document))`: the sentence that the patient read and
     * agreed to, and the hash of a canonical FHIR Consent, 0 if there is none. Zero where there is no statement either.
     */
    function grant(address patient, Grant[] calldata grants, bytes32 evidence) external;

    /**
     * @notice `grant` by a signature over `Grants`, of whoever speaks for `patient` and was appointed before signing. One
     * whose terms have expired on arrival is stored all the same: it may narrow what stands.
     * @param statement `keccak256(bytes(sentence))`; the sentence itself is signed, and never reaches the chain.
     * @param document The hash of a canonical FHIR Consent, or 0.
     * @param deadline Unix seconds; at most seven days after the signature.
     */
    function grantBySig(
        address patient,
        Grant[] calldata grants,
        bytes32 statement,
        bytes32 document,
        uint48 deadline,
        Signed calldata signed
    ) external;

    /**
     * @notice Leaves a refusal in each place, whether there was a consent or not. A refusal in the GENERAL scope withdraws
     * from the grantee altogether: it also ends every narrower grant to it said before, for good. Validates nothing but who
     * speaks, and never fails for whoever may: a refusal to ANY_PROVIDER in a programme or in EMERGENCY is stored and read by
     * nobody (exclusions keep break-glass out). By whoever speaks for `patient`.
     */
    function revoke(address patient, Revocation[] calldata revocations) external;

    /// @notice `revoke` by a signature over `Revocations`. Has no deadline; only a stamp from the future has to wait.
    function revokeBySig(address patient, Revocation[] calldata revocations, Signed calldata signed) external;

    /// @notice Ends every grant of the patient said before, whatever their number, in constant cost; refusals outlive it.
    /// By whoever speaks for `patient`.
    function revokeAll(address patient) external;

    /// @notice Ends every grant stamped up to the signature's own stamp, by a signature over `RevokeAll`. Has no deadline.
    function revokeAllBySig(address patient, Signed calldata signed) external;

    // Break-glass

    /**
     * @notice Opens categories of a patient's data to a provider in an emergency, to see and to use, for `emergencyWindow`:
     * what the patient excluded stays closed, and so does every record that the patient hid. Breaking it again while it is
     * open adds categories, but no time. `revoke` of the scope EMERGENCY, or `revokeAll`, ends it; the provider then waits a
     * full window from there, or, after a `revokeAll` that came later, from the end of what was open. A signed withdrawal
     * ends what was open when it was signed, not what is opened after that. By an active provider with the capability
     * EMERGENCY, or its member with that ability; each organization only so often.
     * @param reasonHash The salted hash of the reason.
     */
    function breakGlass(address provider, address patient, uint64 categories, bytes32 reasonHash) external;

    // Decisions

    /**
     * @notice Whether the request is allowed at this block's time, and by which word.
     * @dev Reads at most nine slots, whatever is stored. Takes for granted that the provider directory answers; where it
     * doesn't, the call reverts, and nothing is permitted.
     */
    function decide(Request calldata request) external view returns (Decision decision, address holder, Scope scope);

    /// @notice `decide` for each request, in order.
    function decideMany(Request[] calldata requests) external view returns (Outcome[] memory);

    /// @notice True for an unconditional permit only.
    function check(Request calldata request) external view returns (bool);

    // Views

    /// @notice The stored word: a consent, a refusal, or zero if the patient said nothing there.
    function termsOf(address patient, address grantee, Scope scope) external view returns (Terms);

    /// @notice How often the organization can break the glass now.
    function emergenciesLeft(address provider) external view returns (uint256);

    /// @notice How long break-glass opens, and how long it waits after the patient ended it. Seconds; never changes.
    function emergencyWindow() external view returns (uint48);

    /// @notice The directory that tells who is active. Never changes.
    function providers() external view returns (IProviderRegistry);
}
