// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../types/Access.sol";
import {Decision} from "../types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../types/Scope.sol";
import {IRecordRegistry} from "./IRecordRegistry.sol";

/**
 * @title Who asked for what, and what the answer was
 * @notice Decides and logs in one transaction, so that no decision made here is without an entry, and no entry without a
 * decision. A refusal is logged, too, and does not revert; anybody may ask, so an entry alone accuses nobody. Nothing is
 * stored: the log is the events, the actor and the time are the transaction's own.
 */
interface IAuditLog {
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

    /// @notice Where records are looked up, and through it consents and providers. Never changes.
    function records() external view returns (IRecordRegistry);
}
