// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../types/Access.sol";
import {Batch} from "../types/Batch.sol";
import {Decision} from "../types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../types/Scope.sol";
import {Verdict} from "../types/Verdict.sol";
import {IRecordRegistry} from "./IRecordRegistry.sol";

/**
 * @title Who asked for what, and what the answer was
 * @notice An access asked here is decided and logged in one transaction, so that no such decision is without an entry, and no
 * such entry without a decision. A refusal is logged, too, and does not revert; anybody may ask, so an entry alone accuses
 * nobody. The log is the events, the actor and the time are the transaction's own.
 *
 * What a custodian decides off chain it anchors: one root for many entries, numbered from 0 without a gap. What is anchored
 * can't be dropped or rewritten, and who anchors nothing is seen to. Whether an entry tells the truth no contract can know.
 *
 * | who            | may                                            | never                             |
 * | -------------- | ---------------------------------------------- | --------------------------------- |
 * | anybody        | ask for access, in its own name                | ask without an entry              |
 * | a custodian    | anchor its own entries, in their order         | change what is anchored           |
 * | a reviewer     | state a verdict                                | change an entry, or open a record |
 * | the consortium | appoint reviewers, and change who appoints them | the same                          |
 */
interface IAuditLog {
    /// @notice Where a custodian's anchored entries end. One slot.
    struct Tail {
        /// The index that the next batch starts with: how many entries are anchored.
        uint64 nextEntry;
        /// When the last batch was anchored, in unix seconds; 0: never.
        uint48 anchoredAt;
    }

    // Events

    /**
     * @notice One access, permitted or refused.
     * @param patient Zero if the record is unknown or erased.
     * @param grantee In whose name it was asked.
     * @param record Zero for an access by category.
     * @param access What was asked for, and the answer; of a record, all its categories at this time.
     * @param programme In which it was asked, or zero.
     * @param scope Of the word that decided, the grantee's own or ANY_PROVIDER's as `access` says; zero where no word did.
     * @param by Who asked.
     */
    event Accessed(
        address indexed patient,
        address indexed grantee,
        RecordId indexed record,
        Access access,
        ProgrammeId programme,
        Scope scope,
        address by
    );

    /// @notice The entries of a batch are now fixed by their root.
    event Anchored(address indexed custodian, Batch batch, bytes32 root, address by);

    /// @notice `noteHash`: of the reviewer's reasons, with a secret salt; zero if there are none. `by`: the reviewer, or the
    /// `AccessManager` where the reviewer went through it.
    event Reviewed(bytes32 indexed subject, Verdict verdict, bytes32 noteHash, address indexed by);

    // Errors

    /// @notice A batch has at least one entry, and a root.
    error InvalidBatch(uint32 count, bytes32 root);
    /// @notice The batch leaves a gap, or overlaps what is anchored: it must start with `nextEntry`.
    error NotNextEntry(address custodian, uint64 firstEntry, uint64 nextEntry);
    /// @notice A review is about something, and comes to a verdict.
    error InvalidReview(bytes32 subject, Verdict verdict);

    // Accesses, one by one

    /**
     * @notice Decides on a record with its own patient and labels, and logs it.
     * @param onBehalfOf The organization for which the caller asks, with the ability READ; zero for itself.
     */
    function accessRecord(
        RecordId record,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action,
        address onBehalfOf
    ) external returns (Decision);

    /**
     * @notice Decides on kinds of data of a patient, such as a search, and logs it. To release a record takes `accessRecord`.
     * @param onBehalfOf The organization for which the caller asks, with the ability READ; zero for itself.
     */
    function accessCategories(
        address patient,
        uint64 categories,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action,
        address onBehalfOf
    ) external returns (Decision);

    // Entries in batches

    /**
     * @notice Fixes the custodian's entries from `firstEntry` on, `count` of them, by the root of their tree. By the custodian
     * or a member with AUDIT, in whatever standing: a trail does not end with an accreditation.
     * @param firstEntry Where the batch before ended: 0 for the first one.
     * @param count At most 2^32 - 1, so that no single call uses the indices up.
     * @param root Of the tree that `verify` describes.
     */
    function anchor(address custodian, uint64 firstEntry, uint32 count, bytes32 root) external;

    // Reviews

    /**
     * @notice States what came out when an access was looked into, such as one under break-glass. Nothing is stored: of
     * several reviews of the same subject the last one counts. By a reviewer.
     * @param subject Names what was reviewed.
     * @param noteHash See `Reviewed`.
     */
    function review(bytes32 subject, Verdict verdict, bytes32 noteHash) external;

    // Views

    /// @notice Where the custodian's anchored entries end; all zero if there are none.
    function tailOf(address custodian) external view returns (Tail memory);

    /// @notice The root of a batch; zero if no batch of the custodian has this range.
    function batchRootOf(address custodian, Batch batch) external view returns (bytes32);

    /**
     * @notice Whether the custodian anchored this entry under this index, in this batch.
     * @dev The tree is that of `@openzeppelin/merkle-tree` over (custodian `address`, index `uint64`, entry hash `bytes32`):
     * a leaf is `keccak256(keccak256(abi.encode(custodian, index, entryHash)))`. A leaf whose index is not of the batch proves
     * nothing. That a tree holds an index twice, or not at all, can't be seen from its root: an auditor asks for all entries
     * of the batch and builds the tree anew.
     * @param entryHash Of the entry, with a secret salt.
     */
    function verify(
        address custodian,
        Batch batch,
        uint64 index,
        bytes32 entryHash,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Where records are looked up, and through it consents and providers. Never changes.
    function records() external view returns (IRecordRegistry);
}
