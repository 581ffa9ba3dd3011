// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision} from "../types/Decision.sol";
import {Pointer, Status} from "../types/Pointer.sol";
import {ProgrammeId, RecordId, Scope} from "../types/Scope.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";

/**
 * @title Pointers to records, never records
 * @notice A record id names its custodian, so a pointer can't be squatted; the record itself is at the custodian's endpoint,
 * under that id. On chain are the patient's address, the categories, a version and a salted hash of the content.
 *
 * The custodian writes: an active provider with CONTRIBUTE, or its member with that ability. Nobody else can.
 */
interface IRecordRegistry {
    /// @notice What a custodian states about a new record.
    struct Registration {
        /// Of the caller's organization; its random part must not tell anything.
        RecordId record;
        address patient;
        /// Every kind of data and every sensitivity of the content; at least one kind.
        uint64 categories;
        /// Hash of the content with a secret salt of 256 bits, a new one for each version.
        bytes32 contentHash;
        /// A locator that only its readers can decrypt, or empty; it is emitted, not stored.
        bytes sealedLocator;
    }

    // Events

    event RecordRegistered(
        RecordId indexed record,
        address indexed patient,
        address indexed custodian,
        uint64 categories,
        bytes32 contentHash,
        address by
    );
    event RecordAmended(RecordId indexed record, uint24 version, bytes32 contentHash, address by);
    /// @notice Where the current version is, for those who can decrypt it. Follows the event of that version.
    event LocatorSealed(RecordId indexed record, bytes sealedLocator);
    /// @notice `categories` are all that the record carries from now on.
    event LabelsAdded(RecordId indexed record, uint64 categories, address by);
    event RecordErased(RecordId indexed record, address by);

    // Errors

    /// @notice Not of the kind of a record, or without a custodian.
    error InvalidRecordId(RecordId record);
    /// @notice No record is registered under the id, or not any more.
    error RecordUnknown(RecordId record);
    /// @notice The id is taken, or was: an erased one is never used again.
    error RecordExists(RecordId record, Status status);
    /// @notice A patient of zero.
    error InvalidPatient(address patient);
    /// @notice Undefined bits, or no kind of data.
    error InvalidLabels(uint64 categories);
    /// @notice A content hash of 0.
    error InvalidContentHash(RecordId record);
    /// @notice The custodian is not active or lacks CONTRIBUTE, or `caller` may not contribute in its name.
    error NotContributor(address caller, address custodian);
    /// @notice The patient's consent to collecting this is missing; `decision` is what `decide` said.
    error CollectionNotPermitted(RecordId record, Decision decision);
    /// @notice 16,777,215 versions are the most.
    error TooManyVersions(RecordId record);

    // The custodian

    /**
     * @notice Registers a record under one purpose (one bit), if the patient lets the custodian collect these kinds of data
     * for it.
     * @dev The consent is asked for the kinds of data alone: to label less sensitive than it is earns nothing.
     * @param programme The programme in which the data are collected, or zero.
     */
    function register(Registration calldata registration, ProgrammeId programme, uint32 purpose) external;

    /// @notice `register` for each, all or none.
    function registerBatch(Registration[] calldata registrations, ProgrammeId programme, uint32 purpose) external;

    /// @notice Puts a new content in the record's place: the next version.
    function amend(RecordId record, bytes32 contentHash, bytes calldata sealedLocator) external;

    /// @notice Adds categories, which only narrows who may see the record, so that no consent is asked. Taking one away is
    /// `erase` and `register`. Labels that the record has change nothing.
    function addLabels(RecordId record, uint64 categories) external;

    /// @notice Forgets patient, categories and hash. The id is never used again.
    function erase(RecordId record) external;

    // Decisions

    /**
     * @notice `ConsentRegistry.decide` with the record's own patient and labels, which are returned, too; NoConsent and
     * zeros for an unknown or erased record.
     * The custodian, while active, needs no consent for treatment, payment and operations (explicit-only purposes
     * aside), except to disclose; where there is one, the answer names it all the same.
     */
    function decideRecord(
        address grantee,
        RecordId record,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action
    ) external view returns (Decision decision, address holder, Scope scope, address patient, uint64 categories);

    // Views

    /// @notice The pointer; all zero but for the status if the record is unknown or erased.
    function pointerOf(RecordId record) external view returns (Pointer memory);

    /// @notice Where consents are asked. Never changes.
    function consents() external view returns (IConsentRegistry);
}
