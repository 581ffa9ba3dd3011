// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision, Outcome} from "../types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../types/Scope.sol";
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
 * N, `voidBefore` + 1 (what is granted after a `revokeAll` stands) and the stamp of the word that it replaces.
 *
 * A refusal in the GENERAL scope ends every grant to the grantee said before it, or in its very second; what is granted later
 * stands. A GENERAL grant that takes its place revives none of them: it is marked AFTER_REFUSAL and starts at the refusal, and
 * narrower grants stamped in or before the second of its start are dead. Where the patient states a start in the future, that
 * is its start, and it ends narrower grants until then.
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
        /// Every category of the data; all must be covered.
        uint64 categories;
        /// Exactly one bit.
        uint32 purpose;
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

    // Errors

    /// @notice Zero, or the patient itself.
    error InvalidGrantee(address patient, address grantee);
    /// @notice Empty, or with undefined bits.
    error InvalidCategories(uint64 categories);
    /// @notice Empty, or with undefined bits.
    error InvalidPurposes(uint32 purposes);
    /// @notice Empty, or with undefined bits.
    error InvalidActions(uint8 actions);
    /// @notice With undefined bits, or with AFTER_REFUSAL, which the registry sets.
    error InvalidFlags(uint8 flags);
    /// @notice Break-glass is not the patient's to grant in advance.
    error BreakGlassNotGrantable(uint32 purposes);
    /// @notice Only break-glass writes the scope EMERGENCY.
    error EmergencyNotGrantable(address grantee);
    /// @notice An unknown kind, trailing bits, or a programme's scope for ANY_PROVIDER, which no decision reads.
    error InvalidScope(address grantee, Scope scope);
    /// @notice The purposes leave the family that the scope names.
    error PurposesOutsideFamily(Scope scope, uint32 purposes);
    /// @notice The end is 0, or not after the start. Unix seconds.
    error InvalidPeriod(uint48 notBefore, uint48 expiresAt);
    /// @notice The end is not in the future. Unix seconds.
    error AlreadyExpired(uint48 expiresAt, uint48 blockTime);
    /// @notice Conditional terms without evidence: nobody could know the condition. Whether the evidence contains a document
    /// only those can tell who have it.
    error ConditionalWithoutDocument(address grantee, Scope scope);
    /// @notice The registry sets the stamp of a direct grant; the terms must come with none.
    error UnexpectedStamp(uint48 issuedAt);
    /// @notice Too many `revokeAll` came before in this block; grant again in the next. Milliseconds.
    error TooSoon(uint256 issuedAt, uint256 latest);

    // The patient's word

    /**
     * @notice Sets or replaces consents. By whoever speaks for `patient`.
     * @param grants Each replaces what the patient said before to that grantee in that scope, and nothing else.
     * @param evidence `keccak256(abi.encode(keccak256(bytes(statement)), document))`: the sentence that the patient read and
     * agreed to, and the hash of a canonical FHIR Consent, 0 if there is none. Zero where there is no statement either.
     */
    function grant(address patient, Grant[] calldata grants, bytes32 evidence) external;

    /**
     * @notice Leaves a refusal in each place, whether there was a consent or not. A refusal in the GENERAL scope withdraws
     * from the grantee altogether: it also ends every narrower grant to it said before, for good. Validates nothing but who
     * speaks, and never fails for whoever may. By whoever speaks for `patient`.
     */
    function revoke(address patient, Revocation[] calldata revocations) external;

    /// @notice Ends every grant of the patient said before, whatever their number, in constant cost; refusals outlive it.
    /// By whoever speaks for `patient`.
    function revokeAll(address patient) external;

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

    /// @notice The directory that tells who is active. Never changes.
    function providers() external view returns (IProviderRegistry);
}
